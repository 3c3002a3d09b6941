import type { Audience } from '../../disclosure/audiences.ts';
import { onEachReader, together, type Attack, type Outcome } from '../attack.ts';
import { readAreaTables, type Place } from '../area-tables.ts';
import { overAreas } from '../choose-areas.ts';
import type { Context } from '../context.ts';
import { inWords, nothingYet, score, withinGuess } from '../recovery.ts';
import { reconstructArea } from '../reconstruction.ts';

const margin = 0.1;
const leastError = 1;
const targets: readonly (Pick<Place, 'level' | 'without'> & { tally: string })[] = [
  { level: 'organisation', tally: 'headcount' },
  { level: 'organisation', tally: 'leavers_organisation' },
  { level: 'system', tally: 'headcount' },
  { level: 'nation', tally: 'headcount', without: ['stage', 'tenure_band'] },
];

/** All tables of an area solved together; whoever is trusted reads the public ones too. */
export const jointReconstruction: Attack = {
  number: 5,
  id: 'joint_reconstruction',
  title: 'Joint reconstruction: non-negative least squares over all tables of a year',
  criterion: 'counts of 1 to 4 found ≤ guess + 10 points; root mean square error of counts from 5 on ≥ 1.0',
  fast: false,
  asks: false,
  run: (context) => onEachReader(context, attack),
};

async function attack(context: Context, readers: readonly Audience[]): Promise<Outcome> {
  const outcomes = [];
  for (const { tally, ...target } of targets) {
    const recovery = nothingYet();
    let squares = 0;
    let large = 0;
    await overAreas(context, target.level, async (area) => {
      const tables = await readAreaTables(context.workshop, {
        ...target,
        tallies: [tally],
        readers,
        grain: 'year',
        area,
      });
      if (tables.periods.length === 0) return recovery;
      const estimates = reconstructArea(tables, ({ published, weight }) => ({ values: published.at(-1)!, weight }));
      for (const [t, { truth }] of tables.tables.entries()) {
        score(recovery, truth, estimates[t]!);
        for (const [cell, n] of truth.entries())
          if (n >= 5) {
            large += 1;
            squares += (estimates[t]![cell]! - n) ** 2;
          }
      }
      return recovery;
    });
    const error = Math.sqrt(squares / Math.max(1, large));
    outcomes.push({
      of: `${target.level} ${tally}`,
      figure: `${inWords(recovery)}, error ${error.toFixed(2)}`,
      passed: withinGuess(recovery, margin) && (large < 50 || error >= leastError),
    });
  }
  return together(outcomes);
}
