import type { AreaTables } from './area-tables.ts';
import { reconstruct } from './least-squares.ts';

/** What an attacker takes as the observed values of a table, one entry per cell, and the weight they have. */
export type View = (table: AreaTables['tables'][number]) => { values: Float64Array; weight: number };

/**
 * The joint estimate of every table of an area, in the order of `tables`. Dimensions that are published with `hub` alone (sensitive
 * ones with band) are solved apart from the rest: the hub’s own totals are known well enough for that to lose nothing, and the
 * cross-classification stays small.
 */
export function reconstructArea({ dimensions, shape, tables }: AreaTables, view: View, hub = 'band'): Float64Array[] {
  const centre = dimensions.indexOf(hub);
  const estimates: Float64Array[] = [];
  for (const group of groupsOf(tables.map(({ axes }) => axes.filter((axis) => axis !== centre)))) {
    const axes = [...group, ...(centre >= 0 ? [centre] : [])].sort((a, b) => a - b);
    const inside = tables.flatMap((table, t) => (table.axes.every((axis) => axes.includes(axis)) ? [t] : []));
    const solved = reconstruct(
      axes.map((axis) => shape[axis]!),
      inside.map((t) => ({ ...view(tables[t]!), axes: tables[t]!.axes.map((axis) => axes.indexOf(axis)) })),
    );
    for (const [k, t] of inside.entries()) estimates[t] ??= solved[k]!;
  }
  return estimates;
}

/** The finest partition of the axes such that no table crosses it, largest part first. */
function groupsOf(tables: readonly (readonly number[])[]): number[][] {
  let groups: number[][] = [];
  for (const axes of tables) {
    const touched = groups.filter((group) => group.some((axis) => axes.includes(axis)));
    const merged = [...new Set([...touched.flat(), ...axes])];
    groups = [...groups.filter((group) => !touched.includes(group)), ...(merged.length > 0 ? [merged] : [])];
  }
  return groups.length > 0 ? groups.sort((a, b) => b.length - a.length) : [[]];
}
