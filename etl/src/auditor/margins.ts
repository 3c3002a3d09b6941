/** A cross-classification: the number of categories of each axis. Its cells (leaves) are numbered with the last axis moving fastest. */
export type Shape = readonly number[];

/** The table of some axes of a shape: which of its cells every leaf adds to. */
export interface Margin {
  cells: number;
  cellOf: Int32Array;
}

/** The margin of `axes` (ascending); its cells are numbered with the last of them moving fastest. No axes: one cell. */
export function marginOf(shape: Shape, axes: readonly number[]): Margin {
  const leaves = shape.reduce((product, size) => product * size, 1);
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  const cellOf = new Int32Array(leaves);
  for (const axis of axes) {
    const [size, stride] = [shape[axis]!, strides[axis]!];
    for (let leaf = 0; leaf < leaves; leaf += 1)
      cellOf[leaf] = cellOf[leaf]! * size + (Math.trunc(leaf / stride) % size);
  }
  return { cells: axes.reduce((product, axis) => product * shape[axis]!, 1), cellOf };
}

/** Adds the leaves up into the cells of a margin. */
export function addUp({ cells, cellOf }: Margin, leaves: Float64Array): Float64Array {
  const sums = new Float64Array(cells);
  for (let leaf = 0; leaf < leaves.length; leaf += 1) sums[cellOf[leaf]!]! += leaves[leaf]!;
  return sums;
}
