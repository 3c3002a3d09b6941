import { asks, type Ask } from '@ahp/sql/measure';
import { measures } from '@ahp/sql/registry';
import type { GraphQLResolveInfo } from 'graphql';
import type { AreaRecord, PeriodRecord } from '../release/catalogue.ts';
import type { Context } from '../query/context.ts';
import type { OpenRelease } from '../release/open-release.ts';
import type { Figure } from '../query/figure.ts';
import { isShown } from '../query/status.ts';
import type { Plan } from '../query/plan.ts';
import { Problems } from '../query/problems.ts';
import type { Refusal } from '../query/refusal.ts';
import { asked } from '../query/selection.ts';
import type { Shown, Warning } from '../query/table.ts';
import { figureWarnings, warningsOf } from '../query/warnings.ts';
import { lowerFirst } from '../query/words.ts';
import { clearTogether } from '../query/clear-difference.ts';
import { askedArea } from './asked-area.ts';
import { openFor } from '../query/open-for.ts';
import { planCells, refuseWith, spend, type Given } from './cells-plan.ts';
import { changeOf, changeTogether, type Change } from './change.ts';
import { comparedFigures } from './compared-figures.ts';
import { officialFigures, type OfficialFigure } from './official-scores.ts';
import type { ScorecardRow } from './scorecard-row.ts';
import { statisticRows } from './scorecard-statistics.ts';

export interface ScorecardGiven extends Given {
  years?: number | null;
}

export interface ScorecardAsk {
  id: Ask;
  label: string;
  change: Change;
  rows: ScorecardRow[];
  covered: number;
  statement: string;
}

export interface Scorecard {
  kind: 'table';
  open: OpenRelease;
  area: AreaRecord;
  period: PeriodRecord;
  asks: ScorecardAsk[];
  covered: number;
  measures: number;
  warnings: Warning[];
  statement: string;
  cost: number;
}

/** Every ask of the joint statement with its measures for one place: the latest year, against the year before, and the years so far. */
export async function scorecard(
  given: ScorecardGiven,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Scorecard | Refusal> {
  const open = await openFor('scorecard', given, context, info);
  if ('kind' in open) return open;
  const planned = (candidate: ScorecardGiven) => planScorecard(candidate, open, context);
  const made = planned(given);
  if (made instanceof Problems)
    return refuseWith(made, given, context, info, (candidate) => !(planned(candidate) instanceof Problems));
  const before = context.spent.cells;
  spend(context, made);
  const official = await officialFigures(open, given.where, context);
  const latest = made.periods.at(-1)!;
  const rows = [
    ...withOfficial(await rowsOf(open, made), official),
    ...(await statisticRows(open, given.where, latest, context)),
  ];
  const all = (Object.keys(asks) as Ask[]).map((ask) =>
    askOf(
      ask,
      rows.filter(({ measure }) => measure.ask === ask),
    ),
  );
  const area = askedArea(given, open.catalogue, context.askerOf(open));
  const covered = all.reduce((sum, ask) => sum + ask.covered, 0);
  return {
    kind: 'table',
    open,
    area,
    period: latest,
    asks: all,
    covered,
    measures: rows.length,
    warnings: [...warningsOf(made, [], [], false), ...figureWarnings(shownIn(rows, area))],
    statement: `${covered} of ${rows.length} measures can be shown here for ${latest.label}; each that is told by year is compared with a year before, and of what is called clear, one in twenty may be chance (Benjamini–Hochberg), and an ask has a direction only when at least two of its measures share it and none goes the other way.`,
    cost: context.spent.cells - before,
  };
}

function planScorecard(given: ScorecardGiven, open: OpenRelease, context: Context): Plan | Problems {
  const count = given.years ?? 5;
  if (count >= 1 && count <= 20)
    return planCells(
      'scorecard',
      { where: given.where, by: [], period: { last: { count, grain: 'year' } }, compare: { yearAgo: true } },
      open,
      context,
    );
  const problems = new Problems('scorecard');
  problems.add('OUT_OF_RANGE', 'years must be between 1 and 20.', 'years');
  return problems;
}

const shownIn = (rows: readonly ScorecardRow[], area: AreaRecord): Shown[] =>
  rows.flatMap(({ trend }) => trend.map(({ period, figure }) => ({ area, period, figures: [figure] })));

/** Rows of our own cells, with official figures in the place of those that our cells do not hold. */
function withOfficial(rows: readonly ScorecardRow[], official: readonly OfficialFigure[]): ScorecardRow[] {
  const added = official.flatMap(({ measure, period, figure }): ScorecardRow[] =>
    figure.value === null
      ? []
      : [
          {
            measure,
            figure,
            change: 'NOT_COMPARABLE',
            trend: [{ period, figure }],
            statement: `${measure.title}: ${figure.display} (official figures, ${period.label}).`,
          },
        ],
  );
  const replaced = new Set(added.map(({ measure }) => measure.id));
  return [...rows.filter(({ measure, figure }) => figure.value !== null || !replaced.has(measure.id)), ...added];
}

/** Every measure that can be made by year without a split; those that need one are no part of a scorecard. */
async function rowsOf(open: OpenRelease, plan: Plan): Promise<ScorecardRow[]> {
  const whole = measures.filter(({ grains, subject }) => grains.includes('year') && subject !== 'retention');
  const wanted = whole.map((measure) => asked(measure, {}));
  const read = await comparedFigures(open, plan, wanted);
  const comparisons = clearTogether(read.map(({ byPeriod }) => byPeriod.at(-1)!.comparison));
  return read.flatMap(({ asked: { measure }, byPeriod }, i): ScorecardRow[] => {
    const figure = { ...byPeriod.at(-1)!, comparison: comparisons[i]! };
    if (figure.status === 'NOT_APPLICABLE') return [];
    const change = changeOf(figure);
    const trend = [...byPeriod.slice(0, -1), figure].flatMap((figure, p) =>
      figure.status === 'NOT_APPLICABLE' ? [] : [{ period: plan.periods[p]!, figure }],
    );
    return [{ measure, figure, change, trend, statement: sentence(figure, change) }];
  });
}

const words: Record<Change, string> = {
  IMPROVING: 'better than a year before',
  WORSENING: 'worse than a year before',
  CHANGED: 'different from a year before',
  NO_CLEAR_CHANGE: 'no clear change from a year before',
  NOT_COMPARABLE: 'not compared with a year before',
};

const sentence = ({ measure, display, breaks, comparison }: Figure, change: Change): string =>
  change === 'NOT_COMPARABLE' && breaks.length > 0 && comparison
    ? `${measure.title}: ${display}. ${comparison.statement}`
    : `${measure.title}: ${display}, ${words[change]}.`;

function askOf(id: Ask, rows: ScorecardRow[]): ScorecardAsk {
  const change = changeTogether(rows.map(({ change }) => change));
  const covered = rows.filter(({ figure }) => isShown(figure.status)).length;
  const named = (wanted: Change) =>
    rows.filter((row) => row.change === wanted).map(({ measure }) => lowerFirst(measure.title));
  const parts = [
    ...(named('IMPROVING').length > 0 ? [`Better than a year before: ${named('IMPROVING').join('; ')}`] : []),
    ...(named('WORSENING').length > 0 ? [`Worse than a year before: ${named('WORSENING').join('; ')}`] : []),
  ];
  const statement =
    covered === 0
      ? 'Nothing that this asks for can be shown here.'
      : parts.length > 0
        ? `${parts.join('. ')}.`
        : 'No clear change from a year before.';
  return { id, label: asks[id], change, rows, covered, statement };
}
