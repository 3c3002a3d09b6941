import { countTable, type Audience } from '../../disclosure/audiences.ts';
import { keyRange, type Row } from '../../disclosure/ptable-row.ts';
import { onEachAudience, type Attack, type Outcome } from '../attack.ts';

/**
 * What each audience was promised. Kept here and not read from the audiences: whoever weakens those must be stopped by this.
 */
const promised: Record<string, { d: number; v: number; js: number }> = {
  public: { d: 10, v: 6.25, js: 4 },
  trusted: { d: 5, v: 3, js: 2 },
};

/** The p-tables have the properties that everything else rests on. */
export const ptableFacts: Attack = {
  number: 17,
  id: 'ptable_facts',
  title: 'Facts of the p-tables, row by row',
  criterion:
    'sum 1, mean 0 and variance V within 1e-9; nothing on 1..js or below 0; no change beyond D; as promised to the audience',
  fast: true,
  asks: false,
  run: (context) => onEachAudience(context, (_, audience) => examine(audience)),
};

function examine(audience: Audience): Outcome {
  const { d, v, js } = promised[audience.id] ?? audience;
  const { rows } = countTable(audience);
  const faults: string[] = [];
  let worst = 0;
  if (rows[0]!.length !== 1 || rows[0]![0]!.v !== 0) faults.push('0 is changed');
  for (const [n, row] of rows.entries()) {
    if (n === 0) continue;
    const moment = (power: number) => row.reduce((sum, change) => sum + change.p * change.v! ** power, 0);
    worst = Math.max(worst, Math.abs(moment(0) - 1), Math.abs(moment(1)), Math.abs(moment(2) - v));
    const reached = row.filter(({ from, to }) => to > from).map((change) => n + change.v!);
    if (reached.some((count) => count < 0)) faults.push(`row ${n} goes below 0`);
    if (reached.some((count) => count >= 1 && count <= js)) faults.push(`row ${n} publishes 1 to ${js}`);
    if (reached.some((count) => Math.abs(count - n) > d)) faults.push(`row ${n} changes by more than ${d}`);
    if (!coversAllKeys(row)) faults.push(`row ${n} leaves keys out`);
  }
  if (worst > 1e-9) faults.push(`a moment is off by ${worst.toExponential(1)}`);
  return {
    figure:
      faults.length > 0
        ? faults.slice(0, 3).join(', ')
        : `${rows.length} rows, moments within ${worst.toExponential(0)}`,
    passed: faults.length === 0,
  };
}

function coversAllKeys(row: Row): boolean {
  return (
    row[0]!.from === 0 && row.at(-1)!.to === keyRange && row.every(({ from }, k) => k === 0 || from === row[k - 1]!.to)
  );
}
