import { error } from '@sveltejs/kit';
import { csvField } from '#lib/figure/csv.ts';
import { catalogue } from '#lib/server/catalogue.ts';
import { dataKind } from '#lib/server/provenance.ts';
import { reconciliation } from '../reconciliation.ts';
import type { RequestHandler } from './$types';

const head = [
  'area',
  'code',
  'period_end',
  'staff_group',
  'start',
  'joiners',
  'leavers',
  'other_in',
  'other_out',
  'end',
  'expected',
  'unexplained',
  'alert',
  'release',
  'data',
];

export const GET: RequestHandler = async () => {
  const [all, answer] = await Promise.all([catalogue(), reconciliation(1000)]);
  if (answer.__typename === 'QueryRefused') error(404, answer.message);
  const rows = [...(answer.national ? [answer.national] : []), ...answer.rows].map((row) => [
    ...[row.area.label, row.area.code, row.period.end, row.staffGroup?.label ?? ''],
    ...[
      row.start.value,
      row.joiners.value,
      row.leavers.value,
      row.otherIn?.value ?? null,
      row.otherOut?.value ?? null,
      row.end.value,
    ],
    ...[
      row.expected.value,
      row.unexplained.value,
      row.alert ? 'yes' : 'no',
      all.release.version,
      dataKind(all.release, answer.source),
    ],
  ]);
  return new Response(`\uFEFF${[head, ...rows].map((fields) => fields.map(csvField).join(',')).join('\r\n')}\r\n`, {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="ahp-support-reconciliation.csv"',
    },
  });
};
