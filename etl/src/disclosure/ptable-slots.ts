import { keyRange, type Row } from './ptable-row.ts';
import type { PTable } from './ptable.ts';

/** The changes of a run of neighbouring cell keys: `v` for its first key, `step` more from each of the cuts inside it on. */
export interface Slot {
  v: number | null;
  cuts: { from: number; step: number }[];
}

/** Cuts every row of a p-table into 2^bits slots of equal width, row after row; slot = row × 2^bits + (key >> (32 − bits)). */
export function slotsOf({ rows }: PTable, bits: number): Slot[] {
  return rows.flatMap((row) => slotsOfRow(row, bits));
}

function slotsOfRow(row: Row, bits: number): Slot[] {
  const width = keyRange / 2 ** bits;
  const changes = row.filter(({ from, to }) => to > from);
  return Array.from({ length: 2 ** bits }, (_, slot) => {
    const first = slot * width;
    const inside = changes.filter(({ from, to }) => to > first && from < first + width);
    const cuts = inside.slice(1).map(({ v, from }, k) => ({ from, step: v! - inside[k]!.v! }));
    return { v: inside[0]!.v, cuts };
  });
}
