import type { Figure, Row, Value } from '#lib/figure/figure.ts';
import { format } from '#lib/figure/format.ts';
import { shown } from '#lib/figure/status.ts';
import { type Catalogue, findMeasure } from './catalogue.ts';
import { figureOf } from './figures.ts';
import type { Definition } from './fragments.ts';
import { toValue } from './pivot.ts';
import { type Answer, standalone } from './question.ts';

const wanted = ['headcount_start', 'joiners', 'leavers', 'headcount_end'] as const;

/** The measures that a stock and flow picture needs; null when the release lacks one. */
export function waterfallMeasures(all: Catalogue): Definition[] | null {
  const found = wanted.flatMap((id) => findMeasure(all, id) ?? []);
  return found.length === wanted.length ? found : null;
}

/** End − (start + joiners − leavers): moves between roles and what protection changed. Null when a part is withheld. */
function remainder(values: Value[]): number | null {
  const [start, joiners, leavers, end] = values.map((value) => shown(value));
  return start == null || joiners == null || leavers == null || end == null ? null : end - (start + joiners - leavers);
}

/** Start, joined, left, other, end of the latest period as a waterfall. */
export function waterfall(
  all: Catalogue,
  answer: Answer,
  plan: { id: string; subtitle: string; address: string },
): Figure {
  const [start, joiners, leavers, end] = waterfallMeasures(all) as [Definition, Definition, Definition, Definition];
  const row = answer.rows.at(-1);
  const values = wanted.map((id) => toValue(row?.measures[id]));
  const other = remainder(values);
  const rest: Value =
    other === null
      ? { value: null, status: 'NOT_AVAILABLE', display: '[x]' }
      : { value: Math.abs(other), status: 'OK', display: format(Math.abs(other), 'people') };
  const rows: Row[] = [
    { key: 'start', labels: [start.title], short: 'At start', role: 'start' },
    { key: 'joiners', labels: [joiners.title], short: 'Joined', role: 'in' },
    { key: 'leavers', labels: [leavers.title], short: 'Left', role: 'out' },
    {
      key: 'other',
      labels: [other !== null && other < 0 ? 'Other movements out' : 'Other movements in'],
      short: 'Other',
      role: other !== null && other < 0 ? 'out' : 'in',
    },
    { key: 'end', labels: [end.title], short: 'At end', role: 'end' },
  ];
  const base = figureOf(all, answer, {
    ...plan,
    kind: 'waterfall',
    measure: joiners,
    title: 'Headcount',
    down: 'period',
    rowHead: 'Step',
  });
  const [first, joined, left, last] = values as [Value, Value, Value, Value];
  return {
    ...base,
    rows,
    meaning: undefined,
    query: standalone(answer.question),
    series: [{ key: 'people', label: 'People', role: 'value', values: [first, joined, left, rest, last] }],
    caveats: [
      answer.source === 'PUBLISHED'
        ? 'Other movements are what the published joiners and leavers do not explain.'
        : 'Other movements are people who moved between AHP support and other roles, went on or came back from leave, and small changes made to protect people.',
      ...joiners.caveats,
    ],
  };
}
