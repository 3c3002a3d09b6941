/**
 * Solves A x = b by elimination with pivoting; null when A is singular (a pivot under 1e-12 of the largest entry).
 * `solveLinear([[2, 0], [0, 4]], [2, 2])` is [1, 0.5].
 */
export function solveLinear(matrix: readonly (readonly number[])[], right: readonly number[]): number[] | null {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  const n = rows.length;
  const tiny = 1e-12 * Math.max(...matrix.flat().map(Math.abs), 0);
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let i = column; i < n; i++) if (Math.abs(rows[i]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = i;
    if (!(Math.abs(rows[pivot]![column]!) > tiny)) return null;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    const top = rows[column]!;
    for (let i = 0; i < n; i++) {
      if (i === column) continue;
      const factor = rows[i]![column]! / top[column]!;
      for (let j = column; j <= n; j++) rows[i]![j]! -= factor * top[j]!;
    }
  }
  return rows.map((row, i) => row[n]! / row[i]!);
}
