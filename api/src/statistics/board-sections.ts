import type { Measure } from '@ahp/sql/measure';
import { measureById } from '@ahp/sql/registry';
import type { AreaRecord, CategoryRecord } from '../release/catalogue.ts';
import { limits } from '../query/limits.ts';
import { dimensionById } from '../release/dimension.ts';
import type { Figure } from '../query/figure.ts';
import type { Plan } from '../query/plan.ts';
import { Problems } from '../query/problems.ts';
import type { Where } from '../query/question.ts';
import { asked } from '../query/selection.ts';
import { latestYear, overviewOf, withVerdicts, type BoardFigure, type BoardParts } from './board-overview.ts';
import { planCells, spend } from './cells-plan.ts';
import { readCounts } from './counts.ts';
import { planFairness } from './fairness.ts';
import { leadingRow, type FairnessRow } from './fairness-row.ts';
import { funnelOf, planFunnel, type FunnelPoint } from './funnel.ts';
import { compareGroups } from './group-comparison.ts';
import { planSignals, signalsOf, type Signal } from './signals.ts';
import { chartOrQuarters, planSpc, type SpcChart } from './spc.ts';
import { curvesOf, questionOf } from './survival.ts';
import type { SurvivalCurve } from './survival-curve.ts';

export interface BoardReason {
  reason: CategoryRecord;
  people: Figure;
  share: Figure;
}

export interface FairnessStrip {
  characteristic: string;
  label: string;
  outcome: Measure;
  row: FairnessRow;
}

/** What a board is shown of its organisation. */
export interface BoardSections {
  overview: BoardFigure[];
  leaverSpc: SpcChart | null;
  leaverFunnel: FunnelPoint | null;
  survival: SurvivalCurve | null;
  nationSurvival: SurvivalCurve | null;
  reasons: BoardReason[];
  fairness: FairnessStrip[];
  signals: Signal[];
}

const strip = [
  { characteristic: 'ethnic_group', outcome: 'band_up_rate' },
  { characteristic: 'disability', outcome: 'cpd_participation' },
  { characteristic: 'sex', outcome: 'leaver_rate' },
] as const;

/** Reads every section; `made` is the plan of the overview. A section without cells is null or empty. */
export async function sectionsOf(parts: BoardParts, made: Plan): Promise<BoardSections> {
  const [overview, leaverSpc, { point, signals }, survival, nationSurvival, reasons, fairness] = await Promise.all([
    overviewOf(parts, made),
    spcOf(parts),
    standingOf(parts),
    curveFor(parts, parts.asked),
    curveFor(parts, { where: nationOf(parts.area) }),
    reasonsOf(parts),
    stripOf(parts),
  ]);
  const lines = overview.map((line) => withVerdicts(line, leaverSpc, point));
  // A signal says when and by how much; where the chart has another verdict, it is none.
  const told = signals.filter(
    (one) => one.measure.id !== leaverSpc?.measure.id || one.variation === leaverSpc.variation,
  );
  return {
    overview: lines,
    leaverSpc,
    leaverFunnel: point,
    survival,
    nationSurvival,
    reasons,
    fairness,
    signals: told,
  };
}

const nationOf = ({ nation }: AreaRecord): Where => ({ nation: [nation ?? ''] });

async function spcOf({ open, context, asked }: BoardParts): Promise<SpcChart | null> {
  const made = planSpc(asked, open, context);
  return made instanceof Problems ? null : chartOrQuarters(open, made, asked, context);
}

/** Where the organisation stands among those of its nation, and what stands out of it. */
async function standingOf({
  open,
  context,
  asked,
  area,
}: BoardParts): Promise<{ point: FunnelPoint | null; signals: Signal[] }> {
  const series = planSignals(asked, open, context);
  const own =
    series instanceof Problems ? [] : (await signalsOf(open, series, { ...asked, kinds: ['SPC'] }, context)).signals;
  const given = { where: nationOf(area), organisationView: asked.organisationView };
  const made = planFunnel(given, open.others, context);
  if (made instanceof Problems) return { point: null, signals: own };
  const { points } = await funnelOf(open.others, made, given, context);
  return { point: points.find((point) => point.area.code === area.code) ?? null, signals: own };
}

async function curveFor(
  { open: own, context, area }: BoardParts,
  asked: BoardParts['asked'],
): Promise<SurvivalCurve | null> {
  const open = asked.where?.nation ? own.others : own;
  const made = planCells('board', questionOf(asked, open), open, context);
  if (made instanceof Problems) return null;
  const { curves } = await curvesOf(open, made, {}, area, spend(context, made));
  return curves[0] && curves[0].points.length > 0 ? curves[0] : null;
}

/** Reasons for leaving, all years together being too old a story: the latest year, most frequent first. */
async function reasonsOf({ open, context, asked: place }: BoardParts): Promise<BoardReason[]> {
  const made = planCells('board', { ...place, by: ['leaving_reason'], period: latestYear }, open, context);
  if (made instanceof Problems) return [];
  spend(context, made);
  const share = asked(measureById('leaving_reason_share'), {});
  const { figure } = await readCounts(open, made, { people: { leavers_by_reason: 1 } }, [share]);
  return made.groups
    .map(({ categories }, g) => ({
      reason: categories.leaving_reason!,
      people: figure('people', g, 0),
      share: figure(share.key, g, 0),
    }))
    .filter(({ people }) => (people.value ?? 0) > 0)
    .sort((a, b) => b.people.value! - a.people.value! || (a.reason.code < b.reason.code ? -1 : 1));
}

/** One row for each characteristic: the group that is most often worse off, against its reference, all years together. */
async function stripOf({ open, context, asked }: BoardParts): Promise<FairnessStrip[]> {
  const made = await Promise.all(
    strip.map(async ({ characteristic, outcome }): Promise<FairnessStrip[]> => {
      const given = { ...asked, characteristic, outcome };
      const planned = planFairness(given, open, context);
      if (planned instanceof Problems || context.spent.cells > limits.cells) return [];
      spend(context, planned);
      const { rows, known } = await compareGroups(open, planned, given);
      const leading = leadingRow(rows);
      if (!leading) return [];
      const row = { ...leading, statement: `${leading.statement} ${known}` };
      return [{ characteristic, label: dimensionById.get(characteristic)!.label, outcome: measureById(outcome), row }];
    }),
  );
  return made.flat();
}
