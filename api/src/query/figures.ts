import type { Formula, Measure } from '@ahp/sql/measure';
import type { AudienceRecord, PeriodRecord } from '../catalogue.ts';
import { absence } from './availability.ts';
import type { CellFigure, Line, Side } from './cells.ts';
import { comparisonOf } from './comparison.ts';
import { personsIn, sumVariance } from './noise.ts';
import type { Group, Plan } from './plan.ts';
import type { Prepared } from './reading.ts';
import { displayed, markers, noiseStatement, roughly, roundsToZero } from './words.ts';

export const cellStatuses = {
  OK: 'A figure.',
  CONFIDENTIAL: '[c] Withheld to protect people.',
  NOT_APPLICABLE: '[z] Not applicable: no value is possible.',
  NOT_AVAILABLE: '[x] Not available: this source does not hold it.',
  LOW: '[low] Above zero, but rounds to zero.',
  LOW_RELIABILITY: '[u] Low reliability.',
} as const;
export type CellStatus = keyof typeof cellStatuses;

export const flags = {
  PROVISIONAL: '[p] May still be revised.',
  REVISED: '[r] Revised since it was first published.',
  BREAK: '[b] Break in the series.',
  ESTIMATED: '[e] Estimated.',
  FORECAST: '[f] Forecast.',
  LOW_RELIABILITY: '[u] Low reliability.',
} as const;
export type Flag = keyof typeof flags;

export const verdicts = {
  HIGHER: 'Higher; the interval of the difference excludes zero.',
  LOWER: 'Lower; the interval of the difference excludes zero.',
  NO_CLEAR_DIFFERENCE: 'No clear difference; the interval of the difference includes zero.',
  NOT_COMPARABLE: 'The two cannot be compared.',
} as const;
export type Verdict = keyof typeof verdicts;

export interface IntervalValue {
  lower: number;
  upper: number;
  level: number;
  method: string;
}

export interface NoiseValue {
  sd: number;
  cells: number;
  audience: string;
  statement: string;
}

export interface ComparisonValue {
  comparator: string;
  value: number | null;
  display: string;
  difference: number | null;
  interval: IntervalValue | null;
  verdict: Verdict;
  statement: string;
}

/** One statistic of one row, ready to be shown. */
export interface Figure {
  measure: Measure;
  value: number | null;
  status: CellStatus;
  display: string;
  numerator: number | null;
  denominator: number | null;
  interval: IntervalValue | null;
  noise: NoiseValue | null;
  comparison: ComparisonValue | null;
  flags: Flag[];
}

/** What a figure is made from: its place in the plan, and its line of the reading. */
export interface Setting {
  plan: Plan;
  group: Group;
  period: PeriodRecord;
  line: Line;
  /** What it is compared with, if anything. */
  beside: { label: string; period: PeriodRecord | null; cells: boolean } | null;
}

/** Makes the figure of a measure from a line of cells: its status first, then its value, interval, noise and comparison. */
export function figureOf(setting: Setting, prepared: Prepared): Figure {
  const { plan, group, period, line } = setting;
  const { measure, formula, lenses } = prepared;
  const cell = prepared.index === null ? null : line.figures[prepared.index]!;
  const status =
    absence(plan, group, period, formula, lenses) ??
    (cell ? statusOf(plan, measure, formula, cell, line.found) : 'NOT_AVAILABLE');
  const bound = cell && isShown(status) ? sensitiveBound(plan, measure, formula, cell) : null;
  const figure: Figure = {
    measure,
    value: null,
    status: bound ? 'CONFIDENTIAL' : status,
    display: bound ?? markers[status] ?? '',
    numerator: null,
    denominator: null,
    interval: null,
    noise: null,
    comparison: null,
    flags: flagsOf(period, status),
  };
  if (cell && !bound && isShown(status)) show(figure, plan, formula, cell);
  if (setting.beside) figure.comparison = comparisonOf(setting, prepared, cell, figure);
  return figure;
}

function show(figure: Figure, plan: Plan, formula: Formula, cell: CellFigure): void {
  const { measure, status } = figure;
  const scale = measure.scale ?? 1;
  figure.value = cell.value! * scale;
  if (status !== 'LOW') figure.display = displayed(figure.value, measure.unit, baseOf(measure, formula, cell));
  if (formula.kind !== 'count') [figure.numerator, figure.denominator] = [cell.x, cell.n];
  figure.interval = intervalOf(formula, cell, scale, plan.source === 'extracts' && plan.catalogue.audience.v > 0);
  figure.noise = noiseOf(plan, measure, formula, cell.cells);
}

/** Whether a status goes with a value. */
export const isShown = (status: CellStatus) => status === 'OK' || status === 'LOW' || status === 'LOW_RELIABILITY';

/** The status that the cells themselves give, for a figure or for what it is compared with. */
export function statusOf(
  { source, catalogue }: Plan,
  measure: Measure,
  formula: Formula,
  side: Side,
  found: boolean,
): CellStatus {
  const rate = formula.kind !== 'count';
  if (side.withheld) return 'CONFIDENTIAL';
  if (side.x === null || (rate && side.n === null))
    return source === 'published' || !found ? 'NOT_AVAILABLE' : 'CONFIDENTIAL';
  if (rate && side.n! <= 0) return 'NOT_APPLICABLE';
  if (source === 'extracts' && isBelowDisplay(catalogue.audience, formula, side)) return 'CONFIDENTIAL';
  const base = baseOf(measure, formula, side);
  if (source === 'extracts' && base !== null && base < catalogue.audience.rateMinimum) return 'CONFIDENTIAL';
  if (side.value === null) return 'NOT_APPLICABLE';
  if (rate && roundsToZero(side.value * (measure.scale ?? 1), measure.unit, base)) return 'LOW';
  return rate && isUnreliable(side) ? 'LOW_RELIABILITY' : 'OK';
}

/** A single published cell of a few people, which some audiences’ files hold for the sake of sums. */
function isBelowDisplay({ displayMinimum }: AudienceRecord, { kind, numerator }: Formula, { x, cells }: Side): boolean {
  if (kind !== 'count' || cells > 1 || Object.keys(numerator).length > 1) return false;
  const people = x! / personsIn(numerator);
  return people > 0 && people < displayMinimum;
}

/** Fewer than 20 effective people, or an interval wider than the value itself: the rule of the [u] marker. */
function isUnreliable({ value, lower, upper, effective }: Side): boolean {
  if (effective !== null && effective < 20) return true;
  return lower !== null && upper !== null && value !== 0 && (upper - lower) / 2 > Math.abs(value!) / 2;
}

/** People that a figure rests on; null for a count that rests on nothing but itself. */
export function baseOf({ base }: Measure, formula: Formula, side: Pick<Side, 'n' | 'base'>): number | null {
  if (base) return side.base === null ? null : side.base / personsIn(base);
  return formula.kind === 'count' || side.n === null ? null : side.n / personsIn(formula.denominator);
}

/** Proportions by a sensitive characteristic below region are shown as bounds outside 5 % to 95 %. */
function sensitiveBound(
  { catalogue, level, set, source }: Plan,
  measure: Measure,
  formula: Formula,
  { value }: Side,
): string | null {
  if (
    (formula.kind !== 'proportion' && formula.kind !== 'share') ||
    source !== 'extracts' ||
    catalogue.audience.v === 0
  )
    return null;
  if (level !== 'system' && level !== 'organisation') return null;
  const used = formula.kind === 'share' ? [...set, ...formula.of] : set;
  if (!catalogue.dimensions.some(({ id, sensitive }) => sensitive && used.includes(id))) return null;
  return value! < 0.05 ? '<5%' : value! > 0.95 ? '>95%' : null;
}

function flagsOf({ provisional, breakNote }: PeriodRecord, status: CellStatus): Flag[] {
  return [
    ...(provisional ? ['PROVISIONAL' as const] : []),
    ...(breakNote !== null ? ['BREAK' as const] : []),
    ...(status === 'LOW_RELIABILITY' ? ['LOW_RELIABILITY' as const] : []),
  ];
}

const methods: Record<Formula['kind'], string> = {
  count: 'value ± 1.96 standard deviations of the protection',
  proportion: 'Wilson score with the variance of the protection',
  share: 'Wilson score with the variance of the protection',
  ratio: 'delta method on the variance of the protection',
  rate: 'Byar’s limits widened by the protection',
  change: 'delta method on the logarithm, from the protection of both counts',
};
/** Intervals that say something of figures without any noise. */
const exactMethods: Partial<Record<Formula['kind'], string>> = {
  proportion: 'Wilson score',
  share: 'Wilson score',
  rate: 'Byar’s limits',
};

function intervalOf({ kind }: Formula, { lower, upper }: Side, scale: number, noisy: boolean): IntervalValue | null {
  const method = (noisy ? methods : exactMethods)[kind];
  return lower === null || upper === null || !method
    ? null
    : { lower: lower * scale, upper: upper * scale, level: 0.95, method };
}

function noiseOf(
  { catalogue, source }: Plan,
  { scale = 1, unit }: Measure,
  { numerator, kind }: Formula,
  cells: number,
): NoiseValue | null {
  const { audience } = catalogue;
  if (source !== 'extracts' || audience.v === 0) return null;
  const isCount = kind === 'count';
  const sd = Math.sqrt(cells * sumVariance(audience, numerator)) * (isCount ? scale : 1);
  const size = `${roughly(sd)}${isCount && unit === 'people' ? ' people' : ''}`;
  const sum = cells === 1 ? 'one published cell' : `the sum of ${cells} published cells`;
  return {
    sd,
    cells,
    audience: audience.id,
    statement: `${isCount ? 'This is' : 'Its numerator is'} ${sum}; the standard deviation of the protection is about ${size}. ${noiseStatement(audience)}`,
  };
}
