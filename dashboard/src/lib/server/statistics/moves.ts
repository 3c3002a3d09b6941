import { shown } from '#lib/figure/status.ts';
import { toValue } from '../pivot.ts';
import type { FlowYear } from './flows.ts';

/** Moves that have people, and moves that are withheld; a move that nobody made is no row. */
export function moves(year: FlowYear) {
  return year.rows.flatMap((row) =>
    row.cells.flatMap((cell) => {
      const people = toValue(cell.people);
      const none = shown(people) === 0 || ['NOT_APPLICABLE', 'NOT_AVAILABLE'].includes(people.status);
      return none
        ? []
        : [{ from: row.from, to: cell.to, people, share: toValue(cell.share), start: toValue(row.start) }];
    }),
  );
}

/** Bands are both where people begin and where they are later; by age or sex, only the steps that anybody can take count. */
const isStep = (from: string, to: string): boolean =>
  ['apprentice', 'registered'].includes(to) || (from !== to && from.startsWith('band_') && to.startsWith('band_'));

/** “Band 2” to “Band 3”, 10.9%: the largest move onward; null when there is none to show. */
export function flowHeadline(year: FlowYear): string | null {
  const [first] = moves(year)
    .filter(({ from, to, people }) => isStep(from.code, to.code) && shown(people))
    .sort((one, other) => (shown(other.people) ?? 0) - (shown(one.people) ?? 0));
  return first
    ? `The widest path onward within a year: “${first.from.label}” to “${first.to.label}”, ${first.share.display} of those who began there`
    : null;
}
