import { csvField } from '#lib/figure/csv.ts';
import { catalogue } from '#lib/server/catalogue.ts';
import { quality } from '#lib/server/quality.ts';
import type { RequestHandler } from './$types';

const head = ['section', 'item', 'area', 'area_label', 'period_end', 'value', 'unit', 'alert', 'note', 'release'];

export const GET: RequestHandler = async () => {
  const [all, state] = await Promise.all([catalogue(), quality()]);
  const rows = state.entries.map((entry) => [
    entry.section,
    entry.item,
    entry.area,
    entry.areaLabel,
    entry.periodEnd,
    entry.value,
    entry.unit,
    entry.alert ? 'true' : 'false',
    entry.note,
    all.release.version,
  ]);
  return new Response(`\uFEFF${[head, ...rows].map((fields) => fields.map(csvField).join(',')).join('\r\n')}\r\n`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="ahp-support-quality.csv"',
    },
  });
};
