import { describe, expect, it } from 'vitest';
import { drawnCurves, milestoneHeadline } from './curves.ts';
import type { Curve } from './survival.ts';

const curve = (label: string, people: number, at12: number | null) =>
  ({
    label,
    points: [{ atRisk: { value: people } }],
    at12: { value: at12, status: at12 === null ? 'CONFIDENTIAL' : 'OK', display: `${(at12 ?? 0) * 100}%`, flags: [] },
  }) as unknown as Curve;

describe('retention curves', () => {
  it('are drawn for the four largest groups, in the order of the answer', () => {
    const curves = [
      curve('a', 10, 0.5),
      curve('b', 50, 0.5),
      curve('c', 40, 0.5),
      curve('d', 20, 0.5),
      curve('e', 30, 0.5),
    ];
    expect(drawnCurves(curves).map(({ label }) => label)).toEqual(['b', 'c', 'd', 'e']);
  });

  it('are summed up by the lowest and the highest group, never by a withheld one', () => {
    expect(milestoneHeadline([curve('Wales', 50, 0.75), curve('Scotland', 40, null), curve('England', 90, 0.5)])).toBe(
      'One year after joining, between 50% (England) and 75% (Wales) are still in the organisation',
    );
    expect(milestoneHeadline([curve('Wales', 50, 0.75), curve('Scotland', 40, null)])).toBeNull();
  });
});
