import { argumentsOf } from '@ahp/sql/arguments';
import type { Measure, Parameters } from '@ahp/sql/measure';
import { benjaminiHochberg } from '@ahp/sql/statistics/benjamini-hochberg';
import { twoSidedP } from '@ahp/sql/statistics/normal';
import type { GraphQLResolveInfo } from 'graphql';
import { sql } from 'kysely';
import { tableKey, type AreaRecord, type AudienceRecord, type PeriodRecord } from '../release/catalogue.ts';
import type { Context } from '../query/context.ts';
import type { OpenRelease } from '../release/open-release.ts';
import { falseDiscoveryRate } from '../query/clear-difference.ts';
import type { ComparisonValue, Figure } from '../query/figure.ts';
import type { Plan } from '../query/plan.ts';
import { Problems } from '../query/problems.ts';
import type { Where } from '../query/question.ts';
import type { Refusal } from '../query/refusal.ts';
import { asked } from '../query/selection.ts';
import type { Warning } from '../query/table.ts';
import { warningsOf } from '../query/warnings.ts';
import { unitNames } from '../query/unit-names.ts';
import { displayed, displayedDifference } from '../query/words.ts';
import { askedArea } from './asked-area.ts';
import { openFor } from '../query/open-for.ts';
import { planCells, refuseWith, spend, yearly, type Given } from './cells-plan.ts';
import { chartedMeasure, perOf } from './charted-measure.ts';
import { readCounts, type Counts } from './counts.ts';
import { standardised as definitions } from './definitions.ts';
import { callMacros } from './macro-call.ts';
import { statistic } from './statistic.ts';

export interface StandardisedGiven extends Given {
  by?: string | null;
  measure?: string | null;
  method?: Parameters['method'] | null;
}

/** One place, as it is and as it would be with the standard’s mix of work. */
export interface StandardisedRow {
  area: AreaRecord;
  crude: Figure;
  standardised: Figure;
  coverage: Figure;
  adjustedP: number | null;
  flagged: boolean;
  statement: string;
}

export interface Standardised {
  kind: 'table';
  open: OpenRelease;
  area: AreaRecord;
  period: PeriodRecord;
  measure: Measure;
  standard: AreaRecord;
  rows: StandardisedRow[];
  flagged: number;
  warnings: Warning[];
  statement: string;
  cost: number;
}

/** The work that rates are made alike in. */
const strata = ['profession', 'band'] as const;
/** Least share of the standard in whose strata a place must have people. */
const leastCovered = 0.9;

/** Rates of places as they would be with the professions and bands of the whole United Kingdom. */
export async function standardised(
  given: StandardisedGiven,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<Standardised | Refusal> {
  const found = await openFor('standardised', given, context, info);
  if ('kind' in found) return found;
  // Places are set against each other: those of one’s own, too, as everyone sees them.
  const open = found.others;
  const planned = (candidate: StandardisedGiven) => planStandardised(candidate, open, context);
  const made = planned(given);
  if (made instanceof Problems)
    return refuseWith(made, given, context, info, (candidate) => !(planned(candidate) instanceof Problems));
  return standardisedOf(open, made, given, context);
}

interface Plans {
  /** Places by profession and band, the places whole, and the United Kingdom by profession and band. */
  parts: Plan;
  whole: Plan;
  standard: Plan;
}

function planStandardised(given: StandardisedGiven, open: OpenRelease, context: Context): Plans | Problems {
  const problems = new Problems('standardised');
  const measure = chartedMeasure(given.measure ?? 'leaver_rate', open.catalogue, given.method ?? 'NES_TRUE');
  const formula = measure.formula(argumentsOf(measure), 'extracts');
  if (formula.kind !== 'proportion' && formula.kind !== 'rate')
    problems.add('NOT_COMPARABLE', `${measure.title} is neither a proportion nor a rate.`, 'measure');
  for (const field of strata)
    if (given.where?.[field])
      problems.add('NOTHING_SELECTED', `Places are made alike in ${field}, so it cannot be a filter.`, 'where', field);
  if (problems.any) return problems;
  const by = given.by ?? 'nation';
  const period = yearly(given.period, 1);
  const plan = (where: Where | null | undefined, by: readonly string[]) =>
    planCells('standardised', { where, by, period, organisationView: given.organisationView }, open, context);
  const parts = plan(given.where, [by, ...strata]);
  const whole = plan(given.where, [by]);
  const { nation: _n, region: _r, system: _s, organisation: _o, ...people } = given.where ?? {};
  const standard = plan(people, strata);
  for (const one of [parts, whole, standard]) if (one instanceof Problems) problems.list.push(...one.list);
  if (parts instanceof Problems || whole instanceof Problems || standard instanceof Problems) return problems;
  if (parts.periods.length > 1) problems.add('NOT_COMPARABLE', 'Rates are standardised for one period.', 'period');
  const table = tableKey({ grain: parts.grain, level: parts.level, dimensions: parts.set });
  if ('denominator' in formula)
    for (const tally of Object.keys({ ...formula.numerator, ...formula.denominator }))
      if (!parts.holding.tallies.has(`${table}|${tally}`)) {
        problems.add('NOT_PUBLISHED', `${measure.title} is not published by profession and band here.`, 'measure');
        break;
      }
  return problems.any ? problems : { parts, whole, standard };
}

/** People and events of one profession and band. */
interface Stratum {
  x: number;
  n: number;
  w: number;
}

async function standardisedOf(
  open: OpenRelease,
  { parts, whole, standard }: Plans,
  given: StandardisedGiven,
  context: Context,
): Promise<Standardised> {
  const cost = spend(context, parts, whole, standard);
  const measure = chartedMeasure(given.measure ?? 'leaver_rate', open.catalogue, given.method ?? 'NES_TRUE');
  const formula = measure.formula(argumentsOf(measure), 'extracts');
  if (!('denominator' in formula)) throw new Error(`${measure.id} has no denominator`);
  const sums = { events: formula.numerator, people: formula.denominator };
  const crude = asked(measure, {});
  const [counts, standards, wholes] = await Promise.all([
    readCounts(open, parts, sums),
    readCounts(open, standard, sums),
    readCounts(open, whole, {}, [crude]),
  ]);
  const weights = new Map(
    standard.groups.flatMap((group, g) => {
      const stratum = stratumOf(standards, g);
      return stratum ? [[keyOf(group.categories), stratum] as const] : [];
    }),
  );
  const total = [...weights.values()].reduce((sum, { n }) => sum + n, 0);
  const unit = perOf(measure);
  const places = whole.groups.map(({ place }, g) => {
    const held = parts.groups.flatMap((group, i) => (group.place.area.code === place.area.code ? [i] : []));
    const withheld = held.some((i) =>
      (['people', 'events'] as const).some((key) => counts.count(key, i, 0).status === 'CONFIDENTIAL'),
    );
    const covered = held.flatMap((i): (Stratum & { standardRate: number })[] => {
      const standard = weights.get(keyOf(parts.groups[i]!.categories));
      const own = stratumOf(counts, i);
      return standard && standard.n > 0 && own && own.n > 0
        ? [{ ...own, w: standard.n, standardRate: standard.x / standard.n }]
        : [];
    });
    const weight = covered.reduce((sum, { w }) => sum + w, 0);
    return {
      area: place.area,
      crude: wholes.figure(crude.key, g, 0),
      covered,
      withheld,
      coverage: total > 0 ? weight / total : 0,
      standard: weight > 0 ? covered.reduce((sum, { w, standardRate }) => sum + w * standardRate, 0) / weight : null,
    };
  });
  const enough = places.filter(({ coverage, withheld }) => coverage >= leastCovered && !withheld);
  const rates = await ratesOf(
    open,
    enough.map(({ covered }) => covered),
    parts.catalogue.audience.v,
  );
  const ps = rates.map(({ rate, standard_error }, i) =>
    rate === null || !standard_error ? 1 : twoSidedP((rate - enough[i]!.standard!) / standard_error),
  );
  const adjusted = benjaminiHochberg(ps);
  const rows = places.map((place): StandardisedRow => {
    const index = enough.indexOf(place);
    const found = index < 0 ? null : rates[index]!;
    const flagged = found?.rate != null && adjusted[index]! <= falseDiscoveryRate;
    const figure = figureOf(open.catalogue.audience, measure, place, found, unit, flagged);
    return {
      area: place.area,
      crude: place.crude,
      standardised: figure,
      coverage: statistic(definitions.coverage, { value: place.coverage }),
      adjustedP: found?.rate == null ? null : adjusted[index]!,
      flagged,
      statement: sentence(measure, place.area, place.crude, figure, place.coverage),
    };
  });
  const flagged = rows.filter((row) => row.flagged).length;
  return {
    kind: 'table',
    open,
    area: askedArea(given, open.catalogue, context.askerOf(open)),
    period: parts.periods[0]!,
    measure,
    standard: open.catalogue.area('uk', 'uk')!,
    rows,
    flagged,
    warnings: warningsOf(whole, [], [crude], false),
    statement: `${measure.title} as it would be with the professions and bands of the United Kingdom; ${flagged === 0 ? 'no place differs clearly from it' : `${flagged} of ${rows.length} places differ clearly from it`} (false discovery rate ${falseDiscoveryRate * 100} %).`,
    cost,
  };
}

const keyOf = (categories: Readonly<Record<string, { code: string }>>) =>
  strata.map((id) => categories[id]!.code).join('|');

/** People and events of a stratum; null where either is not known, which is no zero. */
function stratumOf({ count }: Counts, g: number): Stratum | null {
  const [n, x] = [count('people', g, 0).value, count('events', g, 0).value];
  return n === null || x === null ? null : { n: Math.max(0, n), x: Math.max(0, Math.min(x, n)), w: n };
}

interface Rate {
  area: string;
  rate: number | null;
  standard_error: number | null;
  lower: number | null;
  upper: number | null;
}

/** The standardised rate of each list of strata, by the macro of the release. */
async function ratesOf(open: OpenRelease, places: readonly (readonly Stratum[])[], v: number): Promise<Rate[]> {
  const all = places.flatMap((list, area) => list.map((stratum) => ({ area: String(area), ...stratum })));
  const rows = await callMacros<Rate>(
    open,
    {
      area: all.map(({ area }) => area),
      x: all.map(({ x }) => x),
      n: all.map(({ n }) => n),
      w: all.map(({ w }) => w),
    },
    sql`select area, rate, standard_error, lower, upper from dsr('given', multiplier := 1, v := ${sql.lit(v)})`,
  );
  const byArea = new Map(rows.map((row) => [row.area, row]));
  return places.map((_, area) => byArea.get(String(area))!);
}

function figureOf(
  audience: AudienceRecord,
  measure: Measure,
  { standard, coverage, withheld }: { standard: number | null; coverage: number; withheld: boolean },
  found: Rate | null,
  unit: number,
  flagged: boolean,
): Figure {
  const figure = statistic(definitions.rate(measure), {
    value: found?.rate == null ? null : found.rate * unit,
    lower: found?.lower == null ? null : Math.max(0, found.lower * unit),
    upper: found?.upper == null ? null : found.upper * unit,
    method: 'Dobson, with the variance of the protection',
    status: withheld || coverage >= leastCovered ? 'CONFIDENTIAL' : 'NOT_AVAILABLE',
  });
  if (figure.value === null || standard === null) return figure;
  return { ...figure, comparison: comparisonOf(audience, measure, figure, standard * unit, flagged) };
}

/** The standardised rate beside that of the standard in the same strata. */
function comparisonOf(
  audience: AudienceRecord,
  measure: Measure,
  figure: Figure,
  value: number,
  flagged: boolean,
): ComparisonValue {
  const comparator = 'the United Kingdom with the same mix of work';
  const difference = figure.value! - value;
  const display = displayed(value, measure.unit, null);
  const limits = figure.interval && {
    ...figure.interval,
    lower: figure.interval.lower - value,
    upper: figure.interval.upper - value,
  };
  const verdict = !flagged ? 'NO_CLEAR_DIFFERENCE' : difference > 0 ? 'HIGHER' : 'LOWER';
  return {
    comparator,
    audience,
    value,
    display,
    difference,
    gap: { display: displayedDifference(difference, measure.unit, null), unit: unitNames[measure.unit] },
    interval: limits,
    verdict,
    statement:
      verdict === 'NO_CLEAR_DIFFERENCE'
        ? `No clear difference from ${comparator} (${display})`
        : `${displayedDifference(difference, measure.unit, null)}: ${verdict === 'HIGHER' ? 'higher' : 'lower'} than ${comparator} (${display})`,
  };
}

function sentence(
  measure: Measure,
  { label }: AreaRecord,
  crude: Figure,
  { value, display, comparison }: Figure,
  coverage: number,
): string {
  if (value === null)
    return coverage < leastCovered
      ? `${label}: not standardised; it has people in strata that make up ${displayed(coverage, 'percent', 50)} of the standard only.`
      : `${label}: not standardised; fewer than ten events, or a count is withheld.`;
  return `${label}: ${crude.display} as it is, ${display} with the mix of work of the United Kingdom. ${comparison!.statement}.`;
}
