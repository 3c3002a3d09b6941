import { csvField } from '#lib/figure/csv.ts';
import { catalogue } from '#lib/server/catalogue.ts';
import type { RequestHandler } from './$types';

/** The data dictionary: one line per measure. */
export const GET: RequestHandler = async () => {
  const all = await catalogue();
  const head = [
    'id',
    'title',
    'plain',
    'ask',
    'unit',
    'direction',
    'formula',
    'grains',
    'comparable',
    'caveats',
    'source',
    'release',
  ];
  const lines = all.measures.map((one) => [
    ...[one.id, one.title, one.plain, one.ask, one.unit, one.direction, one.formula],
    ...[one.grains.join(' '), one.comparable.join(' '), one.caveats.join(' '), one.source, all.release.version],
  ]);
  return new Response(`\uFEFF${[head, ...lines].map((fields) => fields.map(csvField).join(',')).join('\r\n')}\r\n`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="ahp-support-measures.csv"',
    },
  });
};
