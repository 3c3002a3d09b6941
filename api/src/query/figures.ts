import type { Formula, Measure } from '@ahp/sql/measure';
import type { PeriodRecord } from '../release/catalogue.ts';
import { absence } from './availability.ts';
import { breaksAt } from './breaks.ts';
import type { CellFigure, Side } from './cells.ts';
import { comparisonOf } from './comparison.ts';
import {
  markers,
  type CellStatus,
  type Figure,
  type Flag,
  type IntervalValue,
  type NoiseValue,
  type Setting,
} from './figure.ts';
import { tallyOfADay, type Tally } from '@ahp/sql/tally';
import { changeForPrivacy } from './change-for-privacy.ts';
import { isRounded, noiseVariance, sumVariance } from './noise.ts';
import type { Plan } from './plan.ts';
import type { Prepared } from './reading.ts';
import { baseOf, isShown, statusOf } from './status.ts';
import { marksOf, type PlacedMark } from './marks.ts';
import { missingSnapshots } from './snapshots.ts';
import { vacancyMethodsOf } from './vacancy-methods.ts';
import { displayed, noiseStatement, roughly } from './words.ts';

/** Makes the figure of a measure from a line of cells: its status first, then its value, interval, noise and comparison. */
export function figureOf(setting: Setting, prepared: Prepared): Figure {
  const { plan, group, period, line } = setting;
  const { measure, formula, lenses } = prepared;
  const cell = prepared.index === null ? null : line.figures[prepared.index]!;
  const methods = vacancyMethodsOf(formula, { ...plan, areas: group.place.members, period });
  const without =
    plan.source === 'extracts' ? missingSnapshots(formula, { ...plan, areas: group.place.members, period }) : [];
  const marks = plan.source === 'extracts' ? marksOf(formula, { ...plan, areas: group.place.members, period }) : [];
  const status =
    absence(plan, group, period, formula, lenses) ??
    (methods.length > 1 || without.length > 0 || marks.some(({ available }) => !available) || !cell
      ? 'NOT_AVAILABLE'
      : statusOf(plan, measure, formula, cell, line.found));
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
    methods,
    without,
    marks: status === 'NOT_APPLICABLE' ? [] : marks,
    breaks: [],
    flags: [],
  };
  if (status !== 'NOT_APPLICABLE' && status !== 'NOT_AVAILABLE')
    figure.breaks = breaksAt(period, { place: group.place, formula });
  figure.flags = flagsOf(period, status, figure);
  // What is withheld is worked out all the same and thrown away: an answer takes as long for it as for what is shown.
  if (cell) show(!bound && isShown(status) ? figure : { ...figure }, plan, formula, cell);
  if (setting.beside) figure.comparison = comparisonOf(setting, prepared, cell, figure);
  return figure;
}

function show(figure: Figure, plan: Plan, formula: Formula, cell: CellFigure): void {
  const { measure, status } = figure;
  const scale = measure.scale ?? 1;
  figure.value = cell.value! * scale;
  if (status !== 'LOW') figure.display = displayed(figure.value, measure.unit, baseOf(measure, formula, cell));
  if (formula.kind !== 'count') [figure.numerator, figure.denominator] = [cell.x, cell.n];
  figure.interval = intervalOf(
    formula,
    cell,
    scale,
    plan.source === 'extracts' && (plan.catalogue.audience.v > 0 || isRounded(formula.numerator)),
  );
  figure.noise = noiseOf(plan, measure, formula, cell.cells);
  const privacy = privacyInterval(plan, formula, cell, scale);
  if (!privacy) return;
  if (formula.kind === 'count') figure.interval = privacy;
  // A published 0 of what happened is never proof that nothing did: it is shown as what it may be.
  if (cell.x === 0 && Object.keys(formula.numerator).every((tally) => !tallyOfADay.has(tally))) {
    const most = displayed(privacy.upper, measure.unit, baseOf(measure, formula, cell));
    figure.display = `0 to ${most}`;
    figure.interval = { ...privacy, upper: Math.max(privacy.upper, figure.interval?.upper ?? 0) };
  }
}

/** How far the actual figure may be from the published one: of a count of people in few cells, and of a share or rate of nobody. */
function privacyInterval(
  { catalogue, source }: Plan,
  formula: Formula,
  { x, n, cells }: CellFigure,
  scale: number,
): IntervalValue | null {
  const { kind, numerator } = formula;
  const tallies = Object.entries(numerator) as [Tally, number][];
  const { audience } = catalogue;
  const people = tallies.every(([tally, weight]) => weight === 1 && noiseVariance(audience, tally) === audience.v);
  if (source !== 'extracts' || audience.v === 0 || !people || (kind === 'count' && formula.signed)) return null;
  if (kind === 'ratio' || kind === 'change') return null;
  const found = changeForPrivacy(audience, x!, tallies.length * cells);
  if (!found || (kind !== 'count' && x !== 0)) return null;
  const size = kind === 'count' ? 1 / scale : n! / (scale * (kind === 'rate' ? formula.per : 1));
  const method = 'change for privacy: holds the actual count at least 19 times in 20';
  return { lower: found.lower / size, upper: found.upper / size, level: 0.95, method };
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

function flagsOf({ provisional }: PeriodRecord, status: CellStatus, { breaks, marks }: Figure): Flag[] {
  return [
    ...(provisional ? ['PROVISIONAL' as const] : []),
    ...(breaks.length > 0 ? ['BREAK' as const] : []),
    ...(status === 'LOW_RELIABILITY' ? ['LOW_RELIABILITY' as const] : []),
    ...new Set(marks.map(({ kind }: PlacedMark) => kind)),
  ];
}

/** The method of the interval of protected figures, by kind of formula. */
export const intervalMethods: Record<Formula['kind'], string> = {
  count: 'change for privacy: value ± 1.96 standard deviations of the protection',
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

function intervalOf(formula: Formula, { lower, upper }: Side, scale: number, noisy: boolean): IntervalValue | null {
  const method = isRounded(formula.numerator)
    ? 'value ± 1.96 standard deviations of the rounding'
    : (noisy ? intervalMethods : exactMethods)[formula.kind];
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
