import type { Formula } from '@ahp/sql/measure';
import type { BreakRecord, VacancyMethod } from '../release/catalogue.ts';
import { verdictOf } from './clear-difference.ts';
import { breaksBetween, breakText } from './breaks.ts';
import type { Source } from './block.ts';
import type { CellFigure } from './cells.ts';
import type { Comparator } from './comparator.ts';
import {
  markers,
  type ComparisonValue,
  type Figure,
  type IntervalValue,
  type Setting,
  type Verdict,
} from './figure.ts';
import type { Prepared } from './reading.ts';
import { marksOf } from './marks.ts';
import { missingSnapshots } from './snapshots.ts';
import { baseOf, isShown, statusOf } from './status.ts';
import { vacancyMethodsOf } from './vacancy-methods.ts';
import { unitNames } from './unit-names.ts';
import { displayed, displayedDifference, listed } from './words.ts';

/** A figure beside what it is compared with: the difference, its interval (Newcombe’s for proportions), and a verdict in words. */
export function comparisonOf(
  setting: Setting,
  { measure, formula }: Prepared,
  cell: CellFigure | null,
  figure: Figure,
): ComparisonValue {
  const { plan, beside } = setting;
  const comparator = beside!.period && inTime(plan.comparator!.kind) ? beside!.period.label : beside!.label;
  const scale = measure.scale ?? 1;
  const held = beside!.members.length > 0;
  const methods = otherMethods(setting, formula);
  const whole = isWhole(setting, formula);
  const found =
    cell !== null &&
    held &&
    beside!.period !== null &&
    figure.status !== 'NOT_APPLICABLE' &&
    methods.length <= 1 &&
    whole;
  const aside = { ...plan, ...sourceOf(plan.comparator!) };
  const { audience } = aside.catalogue;
  const status = found ? statusOf(aside, measure, formula, cell.other, true) : 'NOT_AVAILABLE';
  const value = found && isShown(status) ? cell.other.value! * scale : null;
  const display =
    value === null ? (markers[status] ?? '[x]') : displayed(value, measure.unit, baseOf(measure, formula, cell!.other));
  const obstacle =
    obstacleOf(setting, figure, value, formula, measure.comparable) ??
    (methods.some((method) => !figure.methods.includes(method)) ? 'its vacancies are counted in another way.' : null);
  if (obstacle) {
    const statement = held ? `Not compared with ${comparator}: ${obstacle}` : 'There is nothing to compare this with.';
    return {
      comparator,
      audience,
      value,
      display,
      difference: null,
      gap: null,
      interval: null,
      verdict: 'NOT_COMPARABLE',
      statement,
    };
  }
  const difference = figure.value! - value!;
  const interval = intervalOf(cell!, scale);
  const verdict = verdictOf(difference, interval);
  const gap = displayedDifference(difference, measure.unit, baseOf(measure, formula, cell!));
  const words: Record<Verdict, string> = {
    HIGHER: `${gap}: higher than ${comparator} (${display})`,
    LOWER: `${gap}: lower than ${comparator} (${display})`,
    NO_CLEAR_DIFFERENCE: `No clear difference from ${comparator} (${display})`,
    NOT_COMPARABLE: '',
  };
  return {
    comparator,
    audience,
    value,
    display,
    difference,
    gap: { display: gap, unit: unitNames[measure.unit] },
    interval,
    verdict,
    statement: words[verdict],
  };
}

/** Of which file and publication the other side is. */
const sourceOf = ({ catalogue, holding }: Comparator): Source => ({ catalogue, holding });

/** How the vacancies of the other side were counted. */
function otherMethods({ plan, beside }: Setting, formula: Formula): readonly VacancyMethod[] {
  if (!beside!.period) return [];
  const areas = beside!.members.map(({ area }) => ({ code: area }));
  return vacancyMethodsOf(formula, { ...plan, ...sourceOf(plan.comparator!), areas, period: beside!.period });
}

/** Whether nobody is missing from the other side, or too few to matter. */
function isWhole({ plan, beside }: Setting, formula: Formula): boolean {
  const { period, members } = beside!;
  if (!period || plan.source !== 'extracts') return true;
  const { catalogue } = plan.comparator!;
  const areas = members.flatMap(({ area }) => catalogue.areas.find(({ code }) => code === area) ?? []);
  const other = { ...plan, ...sourceOf(plan.comparator!), areas, period };
  return missingSnapshots(formula, other).length === 0 && marksOf(formula, other).every(({ available }) => available);
}

function intervalOf({ differenceLower, differenceUpper }: CellFigure, scale: number): IntervalValue | null {
  if (differenceLower === null || differenceUpper === null) return null;
  const method = 'difference from the limits of each (Newcombe)';
  return { lower: differenceLower * scale, upper: differenceUpper * scale, level: 0.95, method };
}

/** Why two figures are not set against each other; null when they may be. */
function obstacleOf(
  { plan, group, period, beside }: Setting,
  figure: Figure,
  other: number | null,
  formula: Formula,
  comparable: readonly string[],
): string | null {
  if (figure.value === null) return 'this figure is not shown.';
  if (other === null) return 'the other figure is not shown.';
  const kind = plan.comparator!.kind;
  if (inTime(kind))
    return brokenText(breaksBetween(plan.holding.periods, { place: group.place, formula }, period, beside!.period!));
  if (formula.kind === 'count') return 'counts of places of different size say nothing beside each other.';
  const nation = group.place.area.within('nation')?.code;
  const others = kind === 'england' ? ['england'] : [];
  if (
    !['nation', 'region', 'system'].includes(kind) &&
    nation !== others[0] &&
    [nation, ...others].some((code) => code && !comparable.includes(code as never))
  )
    return 'this nation’s figures are made in another way.';
  const inUk = kind === 'uk' ? plan.catalogue.areasAt('nation') : [];
  if (inUk.some(({ code }) => !comparable.includes(code as never)))
    return 'it holds nations whose figures are made in another way.';
  return null;
}

function brokenText(breaks: readonly BreakRecord[]): string | null {
  if (breaks.length === 0) return null;
  return `there is a break in the series between them (${listed(breaks.map(breakText), '; ')}).`;
}

const inTime = (kind: string) => kind === 'previous' || kind === 'yearAgo';
