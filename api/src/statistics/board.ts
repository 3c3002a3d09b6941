import type { Measure } from '@ahp/sql/measure';
import { measureById } from '@ahp/sql/registry';
import type { GraphQLResolveInfo } from 'graphql';
import type { AreaRecord, CategoryRecord, PeriodRecord } from '../catalogue.ts';
import type { Context } from '../context.ts';
import { limits } from '../limits.ts';
import type { OpenRelease } from '../open-release.ts';
import { dimensionById } from '../query/dimension.ts';
import type { ComparisonValue, Figure } from '../query/figure.ts';
import { isShown } from '../query/status.ts';
import type { Plan } from '../query/plan.ts';
import { Problems } from '../query/problems.ts';
import type { Question, Where } from '../query/question.ts';
import type { Refusal } from '../query/refusal.ts';
import { asked } from '../query/selection.ts';
import type { Warning } from '../query/table.ts';
import { figureWarnings, warningsOf } from '../query/warnings.ts';
import { openFor, planCells, spend, type Given } from './cells-plan.ts';
import { changeOf, type Change } from './change.ts';
import { comparedFigures } from './compared-figures.ts';
import { readCounts } from './counts.ts';
import { planFairness } from './fairness.ts';
import type { FairnessRow } from './fairness-row.ts';
import { funnelOf, planFunnel, type FunnelPoint } from './funnel.ts';
import { compareGroups } from './group-comparison.ts';
import { peersOf } from './peers.ts';
import { questionsFor } from './board-questions.ts';
import { planSignals, signalsOf, type Signal } from './signals.ts';
import { chartOrQuarters, planSpc, type SpcChart } from './spc.ts';
import { curvesOf, questionOf } from './survival.ts';
import type { SurvivalCurve } from './survival-curve.ts';

export interface BoardGiven extends Given {
  organisation: string;
}

export interface BoardFigure {
  measure: Measure;
  figure: Figure;
  versusNation: ComparisonValue | null;
  versusPeers: ComparisonValue | null;
  peers: string;
  change: Change;
  statement: string;
}

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

/** The board page of one organisation. */
export interface Board {
  kind: 'table';
  open: OpenRelease;
  area: AreaRecord;
  period: PeriodRecord;
  overview: BoardFigure[];
  leaverSpc: SpcChart | null;
  leaverFunnel: FunnelPoint | null;
  survival: SurvivalCurve | null;
  nationSurvival: SurvivalCurve | null;
  reasons: BoardReason[];
  fairness: FairnessStrip[];
  signals: Signal[];
  questions: string[];
  warnings: Warning[];
  statement: string;
  cost: number;
}

const overview = [
  'headcount',
  'leaver_rate',
  'joiner_rate',
  'stability_index',
  'band_up_rate',
  'appraisal_rate',
  'cpd_participation',
  'apprentice_share',
  'vacancy_rate',
];
const strip = [
  { characteristic: 'ethnic_group', outcome: 'band_up_rate' },
  { characteristic: 'disability', outcome: 'cpd_participation' },
  { characteristic: 'sex', outcome: 'leaver_rate' },
] as const;

/** Everything that the board of an organisation looks at, in one answer. */
export async function board(given: BoardGiven, context: Context, info: GraphQLResolveInfo): Promise<Board | Refusal> {
  const open = await openFor('board', given, context, info);
  if ('kind' in open) return open;
  const where: Where = { organisation: [given.organisation] };
  const organisationView = given.organisationView ?? (context.asker.audience === 'own' ? 'time' : 'today');
  const made = overviewPlan({ where, organisationView }, open, context, { yearAgo: true });
  if (made instanceof Problems) return context.refuse(underOrganisation(made), []);
  const before = context.spent.cells;
  spend(context, made);
  const { area } = made.groups[0]!.place;
  const parts = { open, context, asked: { where, organisationView }, area };
  const [figures, leaverSpc, { point: leaverFunnel, signals }, survival, nationSurvival, reasons, fairness] =
    await Promise.all([
      overviewOf(parts, made),
      spcOf(parts),
      standingOf(parts),
      curveFor(parts, parts.asked),
      curveFor(parts, { where: nationOf(area) }),
      reasonsOf(parts),
      stripOf(parts),
    ]);
  const period = made.periods.at(-1)!;
  const questions = questionsFor({
    overview: figures,
    leaverSpc,
    leaverFunnel,
    survival,
    nationSurvival,
    reasons,
    fairness,
    signals,
  });
  const shown = figures.filter(({ figure }) => isShown(figure.status)).length;
  return {
    kind: 'table',
    open,
    area,
    period,
    overview: figures,
    leaverSpc,
    leaverFunnel,
    survival,
    nationSurvival,
    reasons,
    fairness,
    signals,
    questions,
    warnings: [
      ...warningsOf(made, [], [], false),
      ...figureWarnings(figures.map(({ figure }) => ({ area, period, figures: [figure] }))),
    ],
    statement:
      `${area.label}, ${period.label}: ${shown} of ${figures.length} headline figures can be shown. ${leaverSpc?.statement ?? ''}`.trim(),
    cost: context.spent.cells - before,
  };
}

interface BoardParts {
  open: OpenRelease;
  context: Context;
  /** The organisation, as at the time or as of today. */
  asked: Pick<Given, 'where' | 'organisationView'>;
  area: AreaRecord;
}

const latestYear = { last: { count: 1, grain: 'year' } } as const;
const nationOf = ({ nation }: AreaRecord): Where => ({ nation: [nation ?? ''] });

function overviewPlan(
  asked: BoardParts['asked'],
  open: OpenRelease,
  context: Context,
  compare: Question['compare'],
): Plan | Problems {
  return planCells('board', { ...asked, by: [], period: latestYear, compare }, open, context);
}

const underOrganisation = ({ list }: Problems) =>
  list.map((problem) => ({ ...problem, path: ['board', 'organisation'] }));

async function overviewOf(parts: BoardParts, plan: Plan): Promise<BoardFigure[]> {
  const { open, context, asked: place, area } = parts;
  const wanted = overview.map((id) => asked(measureById(id), {}));
  const peers = peersOf(area, open.catalogue);
  const beside = async (made: Plan | Problems | null): Promise<(ComparisonValue | null)[]> => {
    if (!made || made instanceof Problems) return wanted.map(() => null);
    spend(context, made);
    return (await comparedFigures(open, made, wanted)).map(({ byPeriod }) => byPeriod.at(-1)!.comparison);
  };
  const [own, nation, like] = await Promise.all([
    comparedFigures(open, plan, wanted),
    beside(overviewPlan(place, open, context, { nation: true })),
    beside(withPeers(overviewPlan(place, open, context, { peers: 'NATION' }), peers)),
  ]);
  return own.map(({ asked: { measure }, byPeriod }, i) => {
    const figure = byPeriod.at(-1)!;
    const isCount = figure.denominator === null;
    return {
      measure,
      figure,
      versusNation: isCount ? null : nation[i]!,
      versusPeers: isCount ? null : like[i]!,
      peers: peers.label,
      change: changeOf(figure),
      statement: [
        `${measure.title}: ${figure.display}`,
        figure.comparison?.statement,
        isCount ? null : nation[i]?.statement,
      ]
        .flatMap((part) => (part ? [`${part.replace(/\.$/, '')}.`] : []))
        .join(' '),
    };
  });
}

/** The plan with peers of our choice in place of those of the whole nation. */
function withPeers(made: Plan | Problems, { areas, label }: ReturnType<typeof peersOf>): Plan | null {
  if (made instanceof Problems || !made.comparator || areas.length === 0) return null;
  const members = made.groups.map(() => areas.map(({ code }) => ({ area: code, codes: [] })));
  return {
    ...made,
    comparator: { ...made.comparator, members, labels: [label], cost: areas.length },
    cost: areas.length + 1,
  };
}

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
  const made = context.asker.audience === 'own' ? null : planFunnel(given, open, context);
  if (!made || made instanceof Problems) return { point: null, signals: own };
  const { points } = await funnelOf(open, made, given, context);
  return { point: points.find((point) => point.area.code === area.code) ?? null, signals: own };
}

async function curveFor(
  { open, context, area }: BoardParts,
  asked: BoardParts['asked'],
): Promise<SurvivalCurve | null> {
  if (context.asker.audience === 'own' && asked.where?.nation) return null;
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
      const { rows } = await compareGroups(open, planned, given);
      const others = rows.filter(({ isReference, isUnknown }) => !isReference && !isUnknown);
      const row = others.find(({ isUnion }) => isUnion) ?? others[0];
      return row
        ? [{ characteristic, label: dimensionById.get(characteristic)!.label, outcome: measureById(outcome), row }]
        : [];
    }),
  );
  return made.flat();
}
