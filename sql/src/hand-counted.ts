import type { DuckDBConnection } from '@duckdb/node-api';
import { evaluate, type Evaluated, type EvaluateOptions } from './evaluate.ts';
import { createMacros } from './macros.ts';
import type { Measure, Sum } from './measure.ts';
import { openWorkshop } from './open.ts';

/** Tallies by dimension set and category: `{ '': { '': { headcount: 9 } }, band: { band_2: { headcount: 5 } } }`; categories joined by +. */
export type HandCounted = Record<string, Record<string, Sum>>;

let session: Promise<DuckDBConnection> | null = null;

async function open(): Promise<DuckDBConnection> {
  const connection = await (await openWorkshop(':memory:')).connect();
  await createMacros(connection);
  await connection.run(
    'create table cell ("set" varchar, a varchar, b varchar, c varchar, tally varchar, value double)',
  );
  return connection;
}

/** The figures of a measure in cells counted by hand, for tests: one for each combination of the categories of `by`. */
export async function figuresOf(measure: Measure, cells: HandCounted, options?: EvaluateOptions): Promise<Evaluated[]> {
  const connection = await (session ??= open());
  const rows = Object.entries(cells).flatMap(([set, groups]) =>
    Object.entries(groups).flatMap(([codes, sum]) => {
      const [a, b, c] = codes === '' ? [] : codes.split('+');
      const columns = [set, a, b, c].map((text) => (text === undefined ? 'null' : `'${text}'`));
      return Object.entries(sum).map(([tally, value]) => `(${columns.join(', ')}, '${tally}', ${value})`);
    }),
  );
  await connection.run('truncate cell');
  if (rows.length > 0) await connection.run(`insert into cell values ${rows.join(', ')}`);
  return evaluate(connection, measure, options);
}

/** The one figure of a measure in a cell counted by hand. */
export async function figureOf(measure: Measure, cell: Sum, options?: EvaluateOptions): Promise<Evaluated> {
  const [figure] = await figuresOf(measure, { '': { '': cell } }, options);
  return figure!;
}
