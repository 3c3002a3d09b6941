import type { Figure } from '#lib/figure/figure.ts';
import { byRank, foldRows } from '#lib/figure/ranked.ts';
import { shown } from '#lib/figure/status.ts';
import { lowerFirst } from '#lib/figure/words.ts';
import { findMeasure, type Catalogue } from '#lib/server/catalogue.ts';
import { toValue } from '#lib/server/pivot.ts';
import type { Board } from '#lib/server/statistics/board.ts';
import { verdictOf } from '#lib/server/statistics/fairness.ts';
import { column, statisticFigure } from '#lib/server/statistics/figure.ts';

/** Why people left, most frequent first; null where no share can be shown. */
export function reasonsFigure(all: Catalogue, answer: Board, about: string, address: string): Figure | null {
  const shares = answer.reasons.map(({ share }) => toValue(share));
  if (!shares.some((value) => shown(value) !== null)) return null;
  const measure = findMeasure(all, 'leaving_reason_share');
  const figure = statisticFigure(all, answer, {
    id: 'reasons',
    kind: 'bar',
    title: 'Why people left',
    subtitle: `Reasons for leaving, percent of leavers, ${about}, ${answer.period.label}`,
    unit: 'percent',
    rowHeads: ['Reason'],
    rows: answer.reasons.map(({ reason }) => ({ key: reason.code, labels: [reason.label] })),
    series: [
      { key: 'share', label: 'Share of leavers', role: 'value', values: shares },
      column(answer.reasons, { key: 'people', label: 'People', role: 'count', unit: 'people' }, ({ people }) => people),
    ],
    caveats: ['Reasons are as the employer recorded them.'],
    ...(measure ? { measure } : {}),
    address,
  });
  const ranked = foldRows(byRank(figure), 10);
  const [first, value] = [ranked.rows[0], ranked.series[0]?.values[0]];
  return first && value && shown(value) !== null
    ? { ...ranked, headline: `The most common reason for leaving: ${first.labels[0]}, ${value.display} of leavers` }
    : ranked;
}

/** Relative likelihoods of the groups that the board looks at, one row a characteristic; null where none can be shown. */
export function equityFigure(all: Catalogue, answer: Board, about: string, address: string): Figure | null {
  const values = answer.fairness.map(({ row }) => toValue(row.relativeLikelihood));
  if (!values.some((value) => shown(value) !== null)) return null;
  const flagged = answer.fairness.filter(({ row }) => row.flagged);
  return statisticFigure(all, answer, {
    id: 'equity',
    kind: 'ratio',
    title: 'Do groups of staff fare alike?',
    headline: flagged.length
      ? flagged.map(({ row }) => row.statement).join(' ')
      : 'No clear difference between the groups of staff that can be compared here',
    subtitle: `Relative likelihood, ratio to the reference group, ${about}, all years together`,
    unit: 'ratio',
    rowHeads: ['Group and outcome'],
    rows: answer.fairness.map(({ label, outcome, row }) => ({
      key: `${label}-${outcome.title}`,
      labels: [`${row.group.label}: ${lowerFirst(outcome.title)}`],
    })),
    series: [
      {
        key: 'likelihood',
        label: 'Relative likelihood',
        role: 'value',
        values,
        marks: answer.fairness.map(({ row }) => verdictOf(row)),
      },
    ],
    references: [{ label: 'Fares alike', value: 1 }],
    caveats: [
      'Above 1, the named group is worse off, whichever way the outcome is good. A clear difference needs both: a ratio outside 0.80 to 1.25, and an interval that does not include 1.',
      'Ethnic minorities are compared with white staff, disabled staff with others, women with men.',
    ],
    address,
  });
}
