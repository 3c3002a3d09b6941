import type { Figure } from '#lib/figure/figure.ts';
import { lowerFirst } from '#lib/figure/words.ts';
import type { Catalogue } from '../catalogue.ts';
import { toValue } from '../pivot.ts';
import { type Fairness, known } from './fairness.ts';
import { statisticFigure } from './figure.ts';

/** Who is on the upper rung of each step of the ladder, as the disparity ratio of each group; null where no step can be shown. */
export function ladderFigure(
  all: Catalogue,
  answer: Fairness,
  plan: { about: string; address: string },
): Figure | null {
  const groups = [
    ...new Map(answer.ladder.flatMap((step) => step.rows.map((row) => [row.group.code, row.group.label]))),
  ];
  if (groups.length === 0) return null;
  const union = answer.ladder[0]?.rows.find((row) => row.isUnion)?.group.code;
  const drawn = union ? groups.filter(([code]) => code === union) : groups.slice(0, 4);
  const steps = answer.ladder;
  const at = (step: (typeof steps)[number], code: string) => step.rows.find((row) => row.group.code === code);
  const official = steps.some((step) => step.rows.some(({ benchmark }) => benchmark !== null));
  const flagged = steps.flatMap((step) =>
    step.rows.filter((row) => row.flagged).map((row) => `${step.label}, ${lowerFirst(row.group.label)}`),
  );
  return statisticFigure(all, answer, {
    id: 'ladder',
    kind: 'ratio',
    title: 'Disparity ratio',
    headline: flagged.length
      ? `Clear differences on the ladder: ${flagged.slice(0, 3).join('; ')}${flagged.length > 3 ? `; and ${flagged.length - 3} more in the table` : ''}`
      : steps.some((step) => step.rows.some(({ disparityRatio }) => disparityRatio.value !== null))
        ? 'No step of the ladder shows a clear disparity'
        : answer.statement,
    subtitle: `Disparity ratio between bands by ${lowerFirst(answer.label)}, ${lowerFirst(answer.reference.label)} compared with each group, ${plan.about}`,
    unit: 'ratio',
    rowHeads: ['Step'],
    rows: steps.map((step) => ({ key: step.label, labels: [step.label] })),
    series: [
      ...groups.map(([code, label]) => ({
        key: code,
        label,
        role: drawn.some(([key]) => key === code) ? ('value' as const) : ('count' as const),
        values: steps.map((step) => toValue(at(step, code)?.disparityRatio)),
      })),
      ...(official && union
        ? [
            {
              key: 'official',
              label: 'Official figures, support to scientific, therapeutic and technical staff',
              role: 'value' as const,
              values: steps.map((step) => toValue(at(step, union)?.benchmark ?? undefined)),
            },
          ]
        : []),
    ],
    references: [{ label: 'Same', value: 1 }],
    caveats: [
      known(answer),
      `How often ${lowerFirst(answer.reference.label)} staff are on the upper rung, divided by how often the group is. Above 1: the group is less often on the upper rung.`,
      ...(official
        ? [
            'Official figures are of all support to scientific, therapeutic and technical staff of England, of their own latest date; they are a benchmark and not mixed with ours.',
          ]
        : []),
      ...(drawn.length < groups.length ? ['The picture shows the combined group; every group is in the table.'] : []),
    ],
    address: plan.address,
  });
}
