import { everyGrain, everyNation, type Measure, type Sum } from '@ahp/sql/measure';
import { measureById } from '@ahp/sql/registry';
import type { GraphQLResolveInfo } from 'graphql';
import type { AreaRecord, CategoryRecord, PeriodRecord, SourceId } from '../release/catalogue.ts';
import type { Context } from './context.ts';
import { limits } from './limits.ts';
import type { OpenRelease } from '../release/open-release.ts';
import { alternativesTo } from './probed.ts';
import type { Figure } from './figure.ts';
import { figureOf } from './figures.ts';
import { plan, type Plan } from './plan.ts';
import { openFor } from './open-for.ts';
import { checkPage } from './page.ts';
import { Problems } from './problems.ts';
import type { Question } from './question.ts';
import { readPlans } from './reading.ts';
import type { Refusal } from './refusal.ts';
import { asked, type Asked } from './selection.ts';
import type { Warning } from './table.ts';
import { warningsOf } from './warnings.ts';
import { noiseStatement } from './words.ts';

/** Start + in − out against the end, for one place, period and staff group. */
export interface Balance {
  area: AreaRecord;
  period: PeriodRecord;
  staffGroup: CategoryRecord | null;
  start: Figure;
  joiners: Figure;
  leavers: Figure;
  otherIn: Figure | null;
  otherOut: Figure | null;
  end: Figure;
  expected: Figure;
  unexplained: Figure;
  /** People that may stay unexplained without an alert. */
  tolerance: number;
  alert: boolean;
  display: string;
}

export interface Reconciliation {
  kind: 'table';
  open: OpenRelease;
  source: SourceId;
  rows: Balance[];
  rowCount: number;
  national: Balance | null;
  balanced: number;
  organisations: number;
  warnings: Warning[];
  statement: string;
}

export type ReconciliationQuestion = Pick<Question, 'where' | 'period' | 'source' | 'first' | 'offset' | 'release'>;

/** In published figures, what may stay unexplained: 5 people, or 3 % of those at the start. */
const published = { people: 5, share: 0.03 };
/** In protected cells, how many standard deviations of the protection. */
const deviations = 3;

const other = (id: string, title: string, plain: string, numerator: Sum): Measure => ({
  id,
  subject: 'turnover',
  title,
  plain,
  ask: 'trust',
  unit: 'people',
  direction: 'none',
  formula: () => ({ kind: 'count', numerator, signed: true }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: [],
  source: 'Ledger of this service: every person and pair of snapshots has exactly one flow class',
});

const moves = {
  in: { reactivated: 1, moved_in: 1 } satisfies Sum,
  out: { went_inactive: 1, moved_out: 1 } satisfies Sum,
};
const core = ['headcount_start', 'joiners', 'leavers', 'headcount_end'].map((id) => asked(measureById(id), {}));

/** The figures of a balance, in the order of `balanceOf`; published figures know joiners and leavers only. */
function figuresFor(source: SourceId): Asked[] {
  const [inward, outward] = source === 'extracts' ? [moves.in, moves.out] : [{}, {}];
  const expected: Sum = {
    headcount_start: 1,
    joiners_organisation: 1,
    leavers_organisation: -1,
    ...inward,
    ...Object.fromEntries(Object.keys(outward).map((tally) => [tally, -1])),
  };
  const unexplained: Sum = {
    headcount: 1,
    ...Object.fromEntries(Object.entries(expected).map(([tally, weight]) => [tally, -weight])),
  };
  const extra = [
    other('expected', 'Expected at end', 'Start plus in minus out.', expected),
    other('unexplained', 'Unexplained', 'End minus expected.', unexplained),
    ...(source === 'extracts'
      ? [
          other(
            'other_in',
            'Other ways in',
            'Back from leave, or from another role in the same organisation.',
            moves.in,
          ),
          other(
            'other_out',
            'Other ways out',
            'On long leave, or to another role in the same organisation.',
            moves.out,
          ),
        ]
      : []),
  ];
  return [...core, ...extra.map((measure) => asked(measure, {}))];
}

/** Reconciles stocks and flows of every organisation asked for, the largest unexplained difference first. */
export async function reconcile(
  given: ReconciliationQuestion,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Reconciliation | Refusal> {
  const open = await openFor('reconciliation', given, context, info);
  if ('kind' in open) return open;
  const planned = (question: Question, budget?: number) => planOf(question, context, open, budget);
  const whole = planned(given, limits.cells - context.spent.cells);
  if (whole instanceof Problems) {
    const figures = figuresFor(given.source ?? open.catalogue.defaultSource);
    return context.refuse(whole.list, await alternativesTo(given, planned, () => open, figures, info));
  }
  context.spent.cells += whole.cost;
  const rows = await balancesOf(open, whole);
  const national = await nationalOf(given, context, open, whole.source);
  const sorted = rows.sort(
    (a, b) =>
      Math.abs(b.unexplained.value ?? 0) - Math.abs(a.unexplained.value ?? 0) || (a.area.label < b.area.label ? -1 : 1),
  );
  const offset = given.offset ?? 0;
  return {
    kind: 'table',
    open,
    source: whole.source,
    rows: sorted.slice(offset, offset + (given.first ?? 50)),
    rowCount: rows.length,
    national,
    balanced: rows.filter(({ alert }) => !alert).length,
    organisations: new Set(rows.map(({ area }) => area.code)).size,
    warnings: warningsOf(whole, [], [], false),
    statement: statementOf(open, whole.source),
  };
}

function planOf(given: Question, context: Context, open: OpenRelease, budget?: number): Plan | Problems {
  const { catalogue } = open;
  const source = given.source ?? catalogue.defaultSource;
  const by = source === 'published' ? ['organisation', 'staff_group'] : ['organisation'];
  const problems = new Problems('reconciliation');
  checkPage(given, problems);
  if (problems.any) return problems;
  return plan({ ...given, by, first: 1, offset: 0 }, 'turnover', catalogue, context.askerOf(open), budget);
}

async function balancesOf(open: OpenRelease, planned: Plan): Promise<Balance[]> {
  const [read] = await readPlans(open, [planned], figuresFor(planned.source));
  return planned.groups.flatMap((group, g) =>
    planned.periods.flatMap((period, p) => {
      const line = read!.lineOf(g, p);
      if (!line.found) return [];
      const setting = { plan: planned, group, period, line, beside: null };
      const figures = read!.prepared.map((one) => figureOf(setting, one));
      return [balanceOf(planned, group.place.area, period, group.categories.staff_group ?? null, figures)];
    }),
  );
}

function balanceOf(
  planned: Plan,
  area: AreaRecord,
  period: PeriodRecord,
  staffGroup: CategoryRecord | null,
  figures: Figure[],
): Balance {
  const [start, joiners, leavers, end, expected, unexplained, otherIn, otherOut] = figures as [
    Figure,
    Figure,
    Figure,
    Figure,
    Figure,
    Figure,
    Figure?,
    Figure?,
  ];
  const noiseSd = unexplained.noise?.sd ?? null;
  const tolerance =
    planned.source === 'published'
      ? Math.max(published.people, published.share * (start.value ?? 0))
      : deviations * (noiseSd ?? 0);
  const alert = unexplained.value !== null && Math.abs(unexplained.value) > tolerance;
  return {
    area,
    period,
    staffGroup,
    start,
    joiners,
    leavers,
    otherIn: otherIn ?? null,
    otherOut: otherOut ?? null,
    end,
    expected,
    unexplained,
    tolerance,
    alert,
    display:
      unexplained.value === null
        ? unexplained.display
        : `${expected.display} expected, ${end.display} found: ${unexplained.display} unexplained`,
  };
}

/** The balance of the nation asked for, or of the largest there is; for protected cells, of the whole that the question is about. */
async function nationalOf(
  given: ReconciliationQuestion,
  context: Context,
  open: OpenRelease,
  source: SourceId,
): Promise<Balance | null> {
  const where = { ...given.where, region: null, system: null, organisation: null };
  const by = source === 'published' ? ['nation', 'staff_group'] : [];
  const question: Question = { ...given, where, by, first: 1, offset: 0 };
  const planned = plan(question, 'turnover', open.catalogue, context.askerOf(open), limits.cells - context.spent.cells);
  if (planned instanceof Problems) return null;
  context.spent.cells += planned.cost;
  const rows = await balancesOf(open, planned);
  const size = ({ start }: Balance) => start.value ?? 0;
  return (
    rows.sort((a, b) => (a.period.end < b.period.end ? 1 : a.period.end > b.period.end ? -1 : size(b) - size(a)))[0] ??
    null
  );
}

const silent =
  'people of organisations that sent nothing at one end of the period, who count as neither leaving nor joining';

function statementOf({ catalogue }: OpenRelease, source: SourceId): string {
  if (source === 'published')
    return `Official figures, as published. A row is an alert when more than ${published.people} people, or ${published.share * 100} % of those at the start if that is more, stay unexplained.`;
  const { audience } = catalogue;
  return audience.v === 0
    ? `${noiseStatement(audience)} The ledger balances exactly, so nothing should stay unexplained but ${silent}.`
    : `${noiseStatement(audience)} The ledger balances exactly before protection, so what stays unexplained is the protection of the figures, whose standard deviation is given with every row and ${deviations} of which make an alert, and ${silent}.`;
}
