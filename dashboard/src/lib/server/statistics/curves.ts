import { shown } from '#lib/figure/status.ts';
import { toValue } from '../pivot.ts';
import type { Curve } from './survival.ts';

const began = (curve: Curve): number => curve.points[0]?.atRisk.value ?? 0;

/** The curves that one picture can hold: the four with most people at the start, in the order of the answer. */
export function drawnCurves(curves: Curve[]): Curve[] {
  const chosen = new Set([...curves].sort((one, other) => began(other) - began(one)).slice(0, 4));
  return curves.filter((curve) => chosen.has(curve));
}

/** How far apart the groups are one or three years after joining, in one sentence; null when fewer than two can be shown. */
export function milestoneHeadline(curves: Curve[], at: 'at12' | 'at36' = 'at12'): string | null {
  const seen = curves
    .flatMap((curve) => {
      const number = shown(toValue(curve[at]));
      return number === null ? [] : [{ number, words: `${curve[at].display} (${curve.label})` }];
    })
    .sort((one, other) => one.number - other.number);
  const [low, high] = [seen[0], seen.at(-1)];
  return low && high && low !== high
    ? `${at === 'at12' ? 'One year' : 'Three years'} after joining, between ${low.words} and ${high.words} are still in the organisation`
    : null;
}
