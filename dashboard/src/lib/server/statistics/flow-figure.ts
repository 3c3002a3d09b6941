import type { Figure } from '#lib/figure/figure.ts';
import type { Catalogue } from '../catalogue.ts';
import { statisticFigure } from './figure.ts';
import type { Flows } from './flows.ts';
import { flowHeadline, moves } from './moves.ts';

/** The pipeline of one year as ribbons, with everybody's start, share and interval in the table. */
export function flowFigure(
  all: Catalogue,
  answer: Flows,
  plan: { about: string; head: string; address: string },
): Figure | null {
  const year = answer.years.at(-1);
  if (!year) return null;
  const found = moves(year);
  return statisticFigure(all, answer, {
    id: 'pipeline',
    kind: 'flow',
    title: 'Where people were a year later',
    headline: flowHeadline(year) ?? undefined,
    subtitle: `People in post by ${plan.head.toLowerCase()}, and where they were a year later, ${plan.about}, ${year.period.label}`,
    sentence: `${found.length} moves from one place to another or to the same; people, shares and intervals of each are in the table.`,
    unit: 'people',
    rowHeads: ['At the start', 'A year later'],
    rows: found.map(({ from, to }) => ({ key: `${from.code}-${to.code}`, labels: [from.label, to.label] })),
    series: [
      { key: 'people', label: 'People', role: 'value', values: found.map(({ people }) => people) },
      {
        key: 'share',
        label: 'Share of those who began there',
        role: 'count',
        unit: 'percent',
        values: found.map(({ share }) => share),
      },
    ],
    caveats: [
      answer.statement,
      year.balance.statement,
      'Moves that nobody made are left out of the table; the thinnest ribbons are in the table alone.',
    ],
    address: plan.address,
  });
}
