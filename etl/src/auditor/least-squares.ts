import { addUp, marginOf, type Shape } from './margins.ts';

/** A published table: its axes, its values (NaN where one is withheld), and how much they count (one over the variance of their noise). */
export interface Observed {
  axes: readonly number[];
  values: Float64Array;
  weight: number;
}

/**
 * Non-negative least squares over all published tables together: the leaves x ≥ 0 of the full cross-classification whose margins are
 * nearest to what was published, and from them an estimate of every table. By FISTA with restarts
 * (Beck and Teboulle 2009, https://doi.org/10.1137/080716542; O’Donoghue and Candès 2015, https://arxiv.org/abs/1204.3982).
 *
 * `reconstruct([2, 2], [{ axes: [0], values: [3, 1], weight: 1 }, { axes: [1], values: [2, 2], weight: 1 }])` → [[3, 1], [2, 2]].
 */
export function reconstruct(shape: Shape, tables: readonly Observed[], iterations = 200): Float64Array[] {
  const margins = tables.map(({ axes }) => marginOf(shape, axes));
  const leaves = shape.reduce((product, size) => product * size, 1);
  const step = 1 / tables.reduce((sum, { weight }, t) => sum + (weight * leaves) / margins[t]!.cells, 0);
  let x = new Float64Array(leaves).fill(Math.max(...tables.map(({ values }) => total(values))) / leaves);
  let y = x;
  let momentum = 1;
  for (let iteration = 0; iteration < iterations; iteration += 1) {
    const slope = gradient(y);
    const next = new Float64Array(leaves);
    for (let leaf = 0; leaf < leaves; leaf += 1) next[leaf] = Math.max(0, y[leaf]! - step * slope[leaf]!);
    let uphill = 0;
    for (let leaf = 0; leaf < leaves; leaf += 1) uphill += slope[leaf]! * (next[leaf]! - x[leaf]!);
    const after = uphill > 0 ? 1 : (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const carry = uphill > 0 ? 0 : (momentum - 1) / after;
    y = new Float64Array(leaves);
    for (let leaf = 0; leaf < leaves; leaf += 1) y[leaf] = next[leaf]! + carry * (next[leaf]! - x[leaf]!);
    x = next;
    momentum = after;
  }
  return margins.map((margin) => addUp(margin, x));

  function gradient(at: Float64Array): Float64Array {
    const slope = new Float64Array(leaves);
    for (const [t, { values, weight }] of tables.entries()) {
      const margin = margins[t]!;
      const residual = addUp(margin, at).map((sum, cell) =>
        Number.isNaN(values[cell]!) ? 0 : weight * (sum - values[cell]!),
      );
      for (let leaf = 0; leaf < leaves; leaf += 1) slope[leaf]! += residual[margin.cellOf[leaf]!]!;
    }
    return slope;
  }
}

const total = (values: Float64Array) => values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0);
