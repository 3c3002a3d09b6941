import { audiences, countRows } from './audiences.ts';

/** True counts from which on the row of an audience only moves along. */
const lastRow = { public: 15, trusted: 8 };

/**
 * The p-tables of the noisy audiences as the statistics use them: for every true count from 0, what is published with which probability.
 * JSON of `{ public: [[[0, 1]], [[0, .807], [5, …], …], …], trusted: … }`; the last row serves every larger count.
 */
export function publishedCounts(): string {
  const rows = audiences.flatMap(({ id, ...audience }) =>
    id === 'own'
      ? []
      : [[id, countRows({ id, ...audience }, lastRow[id]).map((row) => [...row].sort(([a], [b]) => a - b))] as const],
  );
  return `${JSON.stringify(Object.fromEntries(rows))}\n`;
}
