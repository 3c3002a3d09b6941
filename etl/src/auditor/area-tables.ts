import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import type { Grain, Level } from '../../../sql/lattice/policy.ts';
import type { Audience } from '../disclosure/audiences.ts';

/**
 * Which tables of a release are looked at, and by whom: whoever reads two audiences' figures puts them together. The truth is that of the
 * first tally; the others count nearly the same people under another name, and whatever differs from the first is taken as one more draw.
 */
export interface Place {
  readers: readonly Pick<Audience, 'id' | 'v'>[];
  grain: Grain;
  level: Level;
  area: string;
  tallies: readonly [string, ...string[]];
  /** Dimensions that are left out, where the cross-classification of all of them would be too large to solve. */
  without?: readonly string[];
}

/** One table of an area: its true counts in the latest period, its published ones in every period, oldest first (NaN: withheld), and one over the variance of their noise. */
export interface AreaTable {
  set: string;
  axes: readonly number[];
  truth: Float64Array;
  published: Float64Array[];
  weight: number;
}

/** All tables of an area and tally. An axis holds the categories that are published above zero in some period. */
export interface AreaTables {
  area: string;
  dimensions: readonly string[];
  shape: readonly number[];
  periods: readonly string[];
  tables: readonly AreaTable[];
}

interface Row {
  tally: string;
  set: string;
  a: string | null;
  b: string | null;
  c: string | null;
  period: string;
  value: number;
}

/** Reads the tables of one area: published from the release files, true ones from the exact cells. */
export async function readAreaTables(connection: DuckDBConnection, place: Place): Promise<AreaTables> {
  const exact = await cellsOf(connection, 'grouped', 'n', { ...place, tallies: [place.tallies[0]] });
  const seen: { reader: Place['readers'][number]; tally: string; cells: Row[]; hidden: Row[]; sets: string[] }[] = [];
  for (const reader of place.readers) {
    const all = await cellsOf(connection, `release_${reader.id}.cell`, 'value', place);
    const hidden = await cellsOf(connection, `release_${reader.id}.withheld`, '0', place);
    for (const tally of alike(all, place.tallies))
      seen.push({
        reader,
        tally,
        cells: all.filter((row) => row.tally === tally),
        hidden: hidden.filter((row) => row.tally === tally),
        sets: await setsOf(connection, reader.id, place, tally),
      });
  }
  const published = seen.flatMap(({ tally, cells }) => (tally === place.tallies[0] ? cells : []));
  const sets = [...new Set(seen.flatMap((source) => (source.tally === place.tallies[0] ? source.sets : [])))].sort();
  const dimensions = [...new Set(sets.flatMap(dimensionsOf))].sort();
  const codes = dimensions.map((dimension) => [
    ...new Set(published.filter(({ set, value }) => set === dimension && value > 0).map(({ a }) => a!)),
  ]);
  const shape = codes.map(({ length }) => Math.max(1, length));
  const periods = [...new Set(published.map(({ period }) => period))].sort();
  const tables = sets.map((set) => {
    const axes = dimensionsOf(set).map((dimension) => dimensions.indexOf(dimension));
    const fill = filler(axes, shape, codes);
    const sources = seen.filter((source) => source.sets.includes(set));
    const readers = place.readers
      .filter((reader) => sources.some((source) => source.reader === reader))
      .sort((one, other) => one.v - other.v);
    // Given what the finest reader sees, the others see nothing more of the truth: theirs count only where that is withheld.
    const seenIn = (period: string) =>
      readers
        .map((reader) => {
          const its = sources.filter((source) => source.reader === reader);
          const at = (rows: readonly Row[]) => rows.filter((row) => row.set === set && row.period === period);
          return meanOfDraws(its.map(({ cells, hidden }) => blank(fill(at(cells)), at(hidden))));
        })
        .reduce((finest, next) => finest.map((value, cell) => (Number.isNaN(value) ? next[cell]! : value)));
    const blank = hider(axes, shape, codes);
    return {
      set,
      axes,
      truth: fill(exact.filter((row) => row.set === set && row.period === periods.at(-1))),
      published: periods.map(seenIn),
      weight: 1 / readers[0]!.v,
    };
  });
  return { area: place.area, dimensions, shape, periods, tables };
}

/** From this share of the total on, a tally is taken to count the same people. */
const nearly = 0.9;

/** The first tally, and those whose published totals are nearly those of the first. */
function alike(rows: readonly Row[], [first, ...others]: Place['tallies']): string[] {
  const total = (tally: string) =>
    rows.reduce((sum, row) => (row.tally === tally && row.set === '' ? sum + row.value : sum), 0);
  return [first, ...others.filter((tally) => total(tally) >= nearly * total(first) && total(tally) > 0)];
}

/** The mean, cell by cell, of the values that differ: equal ones are one draw. NaN where all are withheld. */
function meanOfDraws(draws: readonly Float64Array[]): Float64Array {
  return draws[0]!.map((_, cell) => {
    const values = [...new Set(draws.map((draw) => draw[cell]!))].filter((value) => !Number.isNaN(value));
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  });
}

const dimensionsOf = (set: string) => (set === '' ? [] : set.split('+'));

async function setsOf(
  connection: DuckDBConnection,
  audience: string,
  { grain, level, without = [] }: Place,
  tally: string,
): Promise<string[]> {
  const rows = await rowsOf<{ set: string }>(
    connection,
    `select distinct "set"::varchar as "set" from release_${audience}.policy where grain = '${grain}' and level = '${level}' and tally = '${tally}'`,
  );
  return rows
    .map(({ set }) => set)
    .filter((set) => !dimensionsOf(set).some((dimension) => without.includes(dimension)));
}

function cellsOf(connection: DuckDBConnection, table: string, value: string, place: Place): Promise<Row[]> {
  return rowsOf<Row>(
    connection,
    `select tally::varchar as tally, "set"::varchar as "set", a::varchar as a, b::varchar as b, c::varchar as c, period_end::varchar as period, ${value}::double as value
     from ${table} where grain = '${place.grain}' and level = '${place.level}' and area = '${place.area}' and tally in (${place.tallies.map((tally) => `'${tally}'`).join(', ')})`,
  );
}

/** Puts rows of a set into an array of its cells; rows in categories that no axis has are left out. */
function filler(axes: readonly number[], shape: readonly number[], codes: readonly string[][]) {
  const index = codes.map((list) => new Map(list.map((code, place) => [code, place])));
  const cells = axes.reduce((product, axis) => product * shape[axis]!, 1);
  return (rows: readonly Row[]): Float64Array => {
    const values = new Float64Array(cells);
    for (const row of rows) {
      const places = axes.map((axis, k) => index[axis]!.get([row.a, row.b, row.c][k]!));
      if (places.every((place) => place !== undefined))
        values[places.reduce<number>((cell, place, k) => cell * shape[axes[k]!]! + place!, 0)] = row.value;
    }
    return values;
  };
}

/** Puts NaN into the cells of a set that lie in the rows of a list of what is withheld. */
function hider(axes: readonly number[], shape: readonly number[], codes: readonly string[][]) {
  return (values: Float64Array, hidden: readonly Row[]): Float64Array => {
    if (hidden.length === 0) return values;
    const covers = (row: Row, places: readonly number[]) =>
      places.every((place, k) => [null, codes[axes[k]!]![place]].includes([row.a, row.b, row.c][k]!));
    return values.map((value, cell) => {
      let rest = cell;
      const places = axes
        .map((axis) => shape[axis]!)
        .reduceRight<number[]>((all, size) => {
          all.unshift(rest % size);
          rest = Math.floor(rest / size);
          return all;
        }, []);
      return hidden.some((row) => covers(row, places)) ? NaN : value;
    });
  };
}
