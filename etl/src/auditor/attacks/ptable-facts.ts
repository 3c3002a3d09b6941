import { countRows, countTable, type Audience } from '../../disclosure/audiences.ts';
import { chainRule, chainTable, probabilities } from '../../disclosure/chain.ts';
import { keyRange, type Row } from '../../disclosure/ptable-row.ts';
import { onEachAudience, type Attack, type Outcome } from '../attack.ts';

/**
 * What each audience was promised. Kept here and not read from the audiences: whoever weakens those must be stopped by this.
 * `from`: the variance is V from this true count on; below it, where 1 to js are left out of a second draw, it is at least `least`.
 */
const promised: Record<string, { d: number; v: number; js: number; from: number; least: number }> = {
  public: { d: 10, v: 6.25, js: 4, from: 12, least: 4.2 },
  trusted: { d: 5, v: 3, js: 2, from: 1, least: 3 },
};
const largest = 60;

/** The p-tables have the properties that everything else rests on. */
export const ptableFacts: Attack = {
  number: 17,
  id: 'ptable_facts',
  title: 'Facts of the p-tables, row by row',
  criterion:
    'sum 1, mean 0 and variance V (public below 12: at least 4.2) within 1e-7, as the keys give them; nothing on 1..js or below 0; no change beyond D; the public count given the trusted one: 0 from 0, within 5, variance 3.25 from 10 on',
  fast: true,
  asks: false,
  run: (context) => onEachAudience(context, (_, audience) => examine(audience)),
};

function examine(audience: Audience): Outcome {
  const { d, v, js, from, least } = promised[audience.id]!;
  const rows = countRows(audience, largest);
  const faults: string[] = [];
  let worst = 0;
  if (rows[0]!.size !== 1 || rows[0]!.get(0) !== 1) faults.push('0 is changed');
  for (const [n, row] of rows.entries()) {
    if (n === 0) continue;
    const { mass, mean, variance } = moments(row, n);
    worst = Math.max(worst, Math.abs(mass - 1), Math.abs(mean), n >= from ? Math.abs(variance - v) : 0);
    if (variance < least - 1e-8) faults.push(`row ${n} has variance ${variance.toFixed(2)}`);
    const reached = [...row.keys()];
    if (reached.some((count) => count < 0)) faults.push(`row ${n} goes below 0`);
    if (reached.some((count) => count >= 1 && count <= js)) faults.push(`row ${n} publishes 1 to ${js}`);
    if (reached.some((count) => Math.abs(count - n) > d)) faults.push(`row ${n} changes by more than ${d}`);
  }
  const tables = audience.drawnFrom === null ? [countTable(audience)] : [chainTable];
  for (const { rows: keyed } of tables)
    for (const [n, row] of keyed.entries()) if (!coversAllKeys(row)) faults.push(`row ${n} leaves keys out`);
  if (audience.drawnFrom !== null) faults.push(...chainFaults());
  // Keys are whole numbers below 2^32, so that no moment is nearer than that times the square of D.
  if (worst > 1e-7) faults.push(`a moment is off by ${worst.toExponential(1)}`);
  return {
    figure:
      faults.length > 0
        ? faults.slice(0, 3).join(', ')
        : `${rows.length} rows, moments within ${worst.toExponential(0)}`,
    passed: faults.length === 0,
  };
}

/** What the public count must be like, given the trusted one. */
function chainFaults(): string[] {
  const faults: string[] = [];
  for (let count = 0; count <= largest; count += 1) {
    if (count === 1 || count === 2) continue;
    const row = probabilities(chainTable, count);
    const { mean, variance } = moments(row, count);
    const reached = [...row.keys()];
    if (count === 0 && row.get(0) !== 1) faults.push('the public count of 0 is not 0');
    if (reached.some((value) => Math.abs(value - count) > 5 || (value >= 1 && value <= 4)))
      faults.push(`from ${count} it goes further than 5, or to 1 to 4`);
    if (Math.abs(mean) > 1e-7) faults.push(`from ${count} it is biased`);
    if (count >= 10 && Math.abs(variance / chainRule.V - 1) > 0.05)
      faults.push(`from ${count} its variance is ${variance}`);
  }
  return faults;
}

function moments(row: ReadonlyMap<number, number>, n: number): { mass: number; mean: number; variance: number } {
  const moment = (power: number) => [...row].reduce((sum, [value, p]) => sum + p * (value - n) ** power, 0);
  return { mass: moment(0), mean: moment(1), variance: moment(2) };
}

function coversAllKeys(row: Row): boolean {
  return (
    row[0]!.from === 0 && row.at(-1)!.to === keyRange && row.every(({ from }, k) => k === 0 || from === row[k - 1]!.to)
  );
}
