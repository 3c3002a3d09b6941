import type { Audience } from '../../disclosure/audiences.ts';
import { onEachReader, together, type Attack, type Outcome } from '../attack.ts';
import { readAreaTables, type AreaTables, type Place } from '../area-tables.ts';
import { overAreas } from '../choose-areas.ts';
import type { Context } from '../context.ts';
import { guessed, inWords, nothingYet, recovered, score, withinGuess, type Recovery } from '../recovery.ts';
import { reconstructArea } from '../reconstruction.ts';

const margin = 0.1;
/** One period alone is the joint reconstruction. */
const windows = [4, 8, Infinity];
const targets: readonly Pick<Place, 'level' | 'grain' | 'without'>[] = [
  { level: 'organisation', grain: 'year' },
  { level: 'organisation', grain: 'quarter' },
  { level: 'system', grain: 'quarter' },
  { level: 'nation', grain: 'quarter', without: ['stage', 'tenure_band'] },
];
/** Tallies whose cells hold nearly the people of the headcount: what they publish of them must be the same figure, or it is one more draw. */
const sameSets = [
  'headcount',
  'headcount_core',
  'headcount_broad',
  'headcount_with_educators',
  'headcount_planned_for',
  'training_eligible',
  'framework_mapped',
  'band_known_3_years',
] as const;

/** Published counts of the last periods, under every name that the same people are counted by, averaged and then solved together. */
export const averaging: Attack = {
  number: 9,
  id: 'averaging',
  title:
    'Averaging over the retained periods and over tallies of the same people, joint over all tables, for the best number of periods',
  criterion: 'counts of 1 to 4 found ≤ guess + 10 points',
  fast: false,
  asks: false,
  run: (context) => onEachReader(context, attack),
};

async function attack(context: Context, readers: readonly Audience[]): Promise<Outcome> {
  const outcomes = [];
  for (const target of targets) {
    const byWindow = windows.map(nothingYet);
    let periods = 0;
    await overAreas(context, target.level, async (area) => {
      const tables = await readAreaTables(context.workshop, { ...target, readers, area, tallies: sameSets });
      if (tables.periods.length === 0) return byWindow.at(-1)!;
      periods = Math.max(periods, tables.periods.length);
      for (const [w, window] of windows.entries())
        if (window <= tables.periods.length || window === Infinity) scoreWindow(tables, window, byWindow[w]!);
      return byWindow.at(-1)!;
    });
    const [best, recovery] = worst(byWindow);
    outcomes.push({
      of: `${target.level} ${target.grain}s`,
      figure: `${inWords(recovery)}, over ${Math.min(periods, windows[best]!)} of ${periods}`,
      passed: byWindow.every((each) => withinGuess(each, margin)),
    });
  }
  return together(outcomes);
}

function scoreWindow(tables: AreaTables, window: number, recovery: Recovery): void {
  const mean = tables.tables.map(({ published }) => {
    const last = published.slice(-Math.min(window, published.length));
    return last[0]!.map((_, cell) => {
      const shown = last.map((values) => values[cell]!).filter((value) => !Number.isNaN(value));
      return shown.reduce((sum, value) => sum + value, 0) / shown.length;
    });
  });
  const at = new Map(tables.tables.map((table, t) => [table, mean[t]!]));
  const estimates = reconstructArea(tables, (table) => ({ values: at.get(table)!, weight: table.weight }));
  for (const [t, { truth }] of tables.tables.entries()) score(recovery, truth, estimates[t]!);
}

function worst(recoveries: readonly Recovery[]): [number, Recovery] {
  const excess = (recovery: Recovery) => (recovery.cells === 0 ? -1 : recovered(recovery) - guessed(recovery));
  return [...recoveries.entries()].reduce((most, each) => (excess(each[1]) > excess(most[1]) ? each : most));
}
