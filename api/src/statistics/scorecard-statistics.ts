import { measureById } from '@ahp/sql/registry';
import type { Ask, Measure } from '@ahp/sql/measure';
import type { PeriodRecord } from '../release/catalogue.ts';
import type { Context } from '../query/context.ts';
import type { OpenRelease } from '../release/open-release.ts';
import type { Figure } from '../query/figure.ts';
import { Problems } from '../query/problems.ts';
import type { Where } from '../query/question.ts';
import { lowerFirst } from '../query/words.ts';
import { askedArea } from './asked-area.ts';
import { planCells, spend, yearly } from './cells-plan.ts';
import { planFairness } from './fairness.ts';
import { leadingRow } from './fairness-row.ts';
import { compareGroups } from './group-comparison.ts';
import type { ScorecardRow } from './scorecard-row.ts';
import { curvesOf, questionOf } from './survival.ts';
import { stepCurves } from './time-to-step.ts';

/** What groups are compared by on a scorecard: for each characteristic its union, or its first group, against the reference. */
const compared = [
  { characteristic: 'ethnic_group', outcome: 'band_up_rate' },
  { characteristic: 'ethnic_group', outcome: 'to_apprentice_rate' },
  { characteristic: 'disability', outcome: 'cpd_participation' },
  { characteristic: 'disability', outcome: 'appraisal_rate' },
  { characteristic: 'sex', outcome: 'leaver_rate' },
] as const;

/**
 * What a scorecard shows beside its measures: how many are still there after one, two and three years, how many have moved up after two,
 * and how groups fare beside each other. All years are taken together, so none is compared with a year before. Nothing where the place
 * has no such cells.
 */
export async function statisticRows(
  open: OpenRelease,
  where: Where | null | undefined,
  period: PeriodRecord,
  context: Context,
): Promise<ScorecardRow[]> {
  const parts = await Promise.all([
    stayingOf(open, where, context),
    steppingOf(open, where, context),
    ...compared.map((one) => fairnessOf(open, where, one, context)),
  ]);
  return parts.flat().map(({ measure, figure, statement }): ScorecardRow => ({
    measure,
    figure,
    change: 'NOT_COMPARABLE',
    trend: [{ period, figure }],
    statement,
  }));
}

type Told = Pick<ScorecardRow, 'measure' | 'figure' | 'statement'>;

/** A statistic of a scorecard under a name of its own. */
const told = (figure: Figure, id: string, title: string, ask: Ask): Told => {
  const measure: Measure = { ...figure.measure, id, title, ask };
  return { measure, figure: { ...figure, measure }, statement: `${title}: ${figure.display}, all years together.` };
};

async function stayingOf(open: OpenRelease, where: Where | null | undefined, context: Context): Promise<Told[]> {
  const made = planCells('scorecard', questionOf({ where }, open), open, context);
  if (made instanceof Problems) return [];
  const area = askedArea({ where }, open.catalogue, context.askerOf(open));
  const { curves } = await curvesOf(open, made, {}, area, spend(context, made));
  const [curve] = curves;
  if (!curve || curve.points.length === 0) return [];
  return [
    told(curve.at12, 'still_after_12_months', 'Still there 12 months after joining', 'retain'),
    told(curve.at24, 'still_after_24_months', 'Still there 24 months after joining', 'retain'),
    told(curve.at36, 'still_after_36_months', 'Still there 36 months after joining', 'retain'),
    told(curve.medianMonths, 'median_time_to_leave', 'Median time to leave (months)', 'retain'),
  ];
}

async function steppingOf(open: OpenRelease, where: Where | null | undefined, context: Context): Promise<Told[]> {
  const made = planCells('scorecard', { where, by: ['elapsed'], period: yearly(null) }, open, context);
  if (made instanceof Problems) return [];
  spend(context, made);
  const [curve] = await stepCurves(open, made, null);
  return curve && curve.points.length > 0
    ? [told(curve.by24, 'moved_up_after_24_months', 'Moved up a band within 24 months of joining', 'career')]
    : [];
}

async function fairnessOf(
  open: OpenRelease,
  where: Where | null | undefined,
  { characteristic, outcome }: (typeof compared)[number],
  context: Context,
): Promise<Told[]> {
  const given = { where, characteristic, outcome };
  const made = planFairness(given, open, context);
  if (made instanceof Problems) return [];
  spend(context, made);
  const { rows, known } = await compareGroups(open, made, given);
  const row = leadingRow(rows);
  if (!row) return [];
  const title = `${row.group.label}: relative likelihood, ${lowerFirst(measureById(outcome).title)}`;
  return [
    {
      ...told(row.relativeLikelihood, `relative_likelihood_${characteristic}_${outcome}`, title, 'fairness'),
      statement: `${row.statement} ${known}`,
    },
  ];
}
