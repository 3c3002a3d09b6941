import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { closed } from './open.ts';

/** The tables of own figures that are kept in a file for each employer. */
export const ownTables = ['cell', 'withheld'] as const;
export type OwnTable = (typeof ownTables)[number];

/**
 * Where the files of an employer’s rows of a table are, in the folder of own figures: `cell/area=RXX/`. They are several where the engine
 * wrote them in parts.
 */
export const ownFolder = (table: OwnTable, organisation: string): string =>
  `${table}/area=${encodeURIComponent(organisation)}/`;

/** What own figures have that is no employer’s alone: who they are for, the policy, the lists, the macros. */
export const ownLists = 'lists.duckdb';

/**
 * Writes the rows of `from` (a table of cells, or of what is withheld) into `folder`, in Parquet files of one employer each.
 * Employers without a row get no file.
 */
export async function writeOwnTable(
  connection: DuckDBConnection,
  folder: string,
  table: OwnTable,
  from: string,
): Promise<void> {
  await connection.run(
    `copy (select * from ${from} order by area, "set", grain, level, tally, period_end, a, b, c)
     to ${text(`${folder}/${table}`)} (format parquet, compression zstd, partition_by (area), write_partition_columns true)`,
  );
}

/**
 * Opens the own figures of some employers as a release in memory: the lists of the file `lists`, and the rows of `files` and of no other employer.
 * Once it is open nothing can be read from outside or written.
 */
export async function openOwnRelease(
  lists: string,
  files: Readonly<Record<OwnTable, readonly string[]>>,
): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(':memory:', { ...closed, threads: '1' });
  const connection = await instance.connect();
  try {
    await connection.run(`attach ${text(lists)} as lists (read_only)`);
    await connection.run('copy from database lists to memory');
    await connection.run('detach lists');
    for (const table of ownTables)
      if (files[table].length > 0)
        await connection.run(
          `insert into ${table} by name from read_parquet([${files[table].map(text).join(', ')}], hive_partitioning = false)
           order by "set", grain, level, tally, area, period_end, a, b, c`,
        );
    await connection.run('set enable_external_access = false');
    await connection.run('set lock_configuration = true');
    return instance;
  } catch (error) {
    instance.closeSync();
    throw error;
  } finally {
    connection.closeSync();
  }
}

/** Attaches the own figures of all employers of a folder as `catalog`, to be read and compared. */
export async function attachOwn(connection: DuckDBConnection, folder: string, catalog: string): Promise<void> {
  await connection.run(`attach ':memory:' as "${catalog}"`);
  await connection.run(`attach ${text(`${folder}/${ownLists}`)} as lists (read_only)`);
  await connection.run(`copy from database lists to "${catalog}"`);
  await connection.run('detach lists');
  for (const table of ownTables)
    await connection.run(
      `insert into "${catalog}".${table} by name from read_parquet(${text(`${folder}/${table}/*/*.parquet`)}, hive_partitioning = false)`,
    );
}

const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
