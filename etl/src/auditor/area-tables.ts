import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import type { Grain, Level } from '../../../sql/lattice/policy.ts';
import type { Audience } from '../disclosure/audiences.ts';

/** Which tables of a release are looked at, and by whom: whoever reads two audiences' figures puts them together. */
export interface Place {
  readers: readonly Pick<Audience, 'id' | 'v'>[];
  grain: Grain;
  level: Level;
  area: string;
  tally: string;
}

/** One table of an area: its true counts in the latest period, its published ones in every period, oldest first, and one over the variance of their noise. */
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
  set: string;
  a: string | null;
  b: string | null;
  c: string | null;
  period: string;
  value: number;
}

/** Reads the tables of one area: published from the release files, true ones from the exact cells. */
export async function readAreaTables(connection: DuckDBConnection, place: Place): Promise<AreaTables> {
  const exact = await cellsOf(connection, 'grouped', 'n', place);
  const seen: { reader: Place['readers'][number]; cells: Row[]; sets: string[] }[] = [];
  for (const reader of place.readers)
    seen.push({
      reader,
      cells: await cellsOf(connection, `release_${reader.id}.cell`, 'value', place),
      sets: await setsOf(connection, reader.id, place),
    });
  const published = seen.flatMap(({ cells }) => cells);
  const sets = [...new Set(seen.flatMap((source) => source.sets))].sort();
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
    const weight = sources.reduce((sum, { reader }) => sum + 1 / reader.v, 0);
    const mean = (period: string) => {
      const tables = sources.map(({ reader, cells }) => ({
        share: 1 / reader.v / weight,
        values: fill(cells.filter((row) => row.set === set && row.period === period)),
      }));
      return tables[0]!.values.map((_, cell) =>
        tables.reduce((sum, { share, values }) => sum + share * values[cell]!, 0),
      );
    };
    return {
      set,
      axes,
      truth: fill(exact.filter((row) => row.set === set && row.period === periods.at(-1))),
      published: periods.map(mean),
      weight,
    };
  });
  return { area: place.area, dimensions, shape, periods, tables };
}

const dimensionsOf = (set: string) => (set === '' ? [] : set.split('+'));

async function setsOf(
  connection: DuckDBConnection,
  audience: string,
  { grain, level, tally }: Place,
): Promise<string[]> {
  const rows = await rowsOf<{ set: string }>(
    connection,
    `select distinct "set"::varchar as "set" from release_${audience}.policy where grain = '${grain}' and level = '${level}' and tally = '${tally}'`,
  );
  return rows.map(({ set }) => set);
}

function cellsOf(connection: DuckDBConnection, table: string, value: string, place: Place): Promise<Row[]> {
  return rowsOf<Row>(
    connection,
    `select "set"::varchar as "set", a::varchar as a, b::varchar as b, c::varchar as c, period_end::varchar as period, ${value}::double as value
     from ${table} where grain = '${place.grain}' and level = '${place.level}' and area = '${place.area}' and tally = '${place.tally}'`,
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
