import { error } from '@sveltejs/kit';
import { csvField } from '#lib/figure/csv.ts';
import { inUnit } from '#lib/figure/format.ts';
import { shown } from '#lib/figure/status.ts';
import { dataKind, unitOf } from '#lib/server/provenance.ts';
import { toValue } from '#lib/server/pivot.ts';
import { openScorecard } from '../open.ts';
import type { RequestHandler } from './$types';

const head = ['ask', 'measure', 'unit', 'place', 'period', 'value', 'lower', 'upper', 'status', 'release', 'data'];

/** One line per measure and year; percentages on the 0–100 scale, empty where a number is withheld. */
export const GET: RequestHandler = async ({ url }) => {
  const { all, answer } = await openScorecard(url);
  if (answer.__typename !== 'Scorecard') error(404, answer.message);
  const { release } = all;
  const lines = answer.asks.flatMap((one) =>
    one.rows.flatMap(({ measure, trend }) =>
      trend.map(({ period, figure }) => {
        const unit = unitOf(measure);
        const value = toValue(figure);
        const scaled = (number: number | null | undefined) =>
          number === null || number === undefined ? null : Number(inUnit(number, unit).toPrecision(10));
        const number = shown(value);
        return [
          ...[one.label, measure.title, unit, answer.area.label, period.label, scaled(number)],
          ...(number === null ? [null, null] : [scaled(value.interval?.lower), scaled(value.interval?.upper)]),
          ...[value.status.toLowerCase(), release.version, dataKind(release, 'EXTRACTS')],
        ];
      }),
    ),
  );
  const text = [head, ...lines].map((fields) => fields.map(csvField).join(',')).join('\r\n');
  return new Response(`\uFEFF${text}\r\n`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="ahp-support-scorecard-${release.version}.csv"`,
    },
  });
};
