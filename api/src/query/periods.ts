import type { Grain, Holding, PeriodRecord } from '../release/catalogue.ts';
import type { Problems } from './problems.ts';
import type { PeriodInput } from './question.ts';

const byDefault: readonly Grain[] = ['quarter', 'year', 'month'];

/**
 * The grain asked for. Without one: of protected cells, quarters, unless most of the subject’s figures are yearly; of publications, the grain by which one of them answers the question best.
 */
export function grainOf(
  period: PeriodInput | null | undefined,
  holdings: readonly Holding[],
  suits: (holding: Holding, grain: Grain) => number,
  carries: (holding: Holding, grain: Grain) => number,
): Grain {
  const asked = (period?.at ?? period?.last ?? period?.range)?.grain;
  if (asked) return asked;
  const best = (grain: Grain) =>
    Math.max(
      ...holdings.map((holding) => {
        if (holding.source === 'published') return suits(holding, grain);
        // A quarter is as good as a year that has up to twice its figures.
        return carries(holding, grain) * (grain === 'quarter' ? 2 : 1);
      }),
    );
  return [...byDefault].sort((a, b) => best(b) - best(a))[0]!;
}

/** The periods asked for, oldest first; the latest complete one when none is named. */
export function periodsOf(
  asked: PeriodInput | null | undefined,
  grain: Grain,
  holding: Holding,
  problems: Problems,
): PeriodRecord[] {
  const held = holding.periods.filter((period) => period.grain === grain);
  const whole = held.filter(({ complete }) => complete);
  if (held.length === 0) return refuse(problems, `There are no figures by ${grain}.`, held, 'period');
  if (asked?.at) {
    const { end } = asked.at;
    const found = isMonth(end) ? held.filter((period) => period.end.startsWith(end)) : [];
    return found.length > 0
      ? found.slice(-1)
      : refuse(problems, `There is no ${grain} that ends then.`, held, 'period', 'at', 'end');
  }
  if (asked?.range) {
    const { from, to } = asked.range;
    const found =
      isMonth(from) && isMonth(to)
        ? whole.filter(({ end }) => end.slice(0, from.length) >= from && end.slice(0, to.length) <= to)
        : [];
    return found.length > 0
      ? found
      : refuse(problems, `No ${grain} ends between these months.`, held, 'period', 'range');
  }
  const count = asked?.last?.count ?? 1;
  if (count < 1 || count > 600)
    problems.add('OUT_OF_RANGE', 'count must be between 1 and 600.', 'period', 'last', 'count');
  return (whole.length > 0 ? whole : held).slice(-Math.max(1, count));
}

const isMonth = (text: string) => /^\d{4}-\d{2}(-\d{2})?$/.test(text);

function refuse(problems: Problems, message: string, held: readonly PeriodRecord[], ...path: string[]): [] {
  const [first, last] = [held[0]?.end.slice(0, 7), held.at(-1)?.end.slice(0, 7)];
  problems.add('UNKNOWN_PERIOD', first ? `${message} The release has ${first} to ${last}.` : message, ...path);
  return [];
}
