import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { compareVersions, isVersion } from '../releases/version.ts';

/** A cell keeps its draw while its true count is nearer than this to what it was when it was drawn. */
export const keptWithin = 5;

const table = ['"set"', 'grain', 'level', 'area', 'period_end', 'tally'];
const categories = ['a', 'b', 'c'];
const counts = ['n', 'public_key', 'trusted_key'];
const sums = ['w', 'w_largest', 'trusted_weight_key'];
const amounts = [...counts, ...sums];
/** SQL: the sum as it is now, for as many people as the count was drawn from. */
const sumNow = `(exact.w * before.n + exact.n // 2) // exact.n`;
/** The exact cells of which some audience has a noisy figure. */
const noisyCells = `select exact.* from grouped as exact
  semi join (select distinct grain, level, "set" from policy_row where audience in ('public', 'trusted')) as permitted
    on permitted.grain = exact.grain and permitted.level = exact.level and permitted."set" = exact."set"`;

/** Where the counts are kept that published cells were drawn from: as close as the extracts, and never beside the releases. */
export const drawnFolder = (data: string): string => join(data, 'drawn');
export const drawnFile = (data: string, version: string): string => join(drawnFolder(data), `${version}.parquet`);

/** The newest of those files, or null before the first. A release that was withdrawn or pruned was seen too. */
export function newestDrawn(data: string): string | null {
  if (!existsSync(drawnFolder(data))) return null;
  const versions = readdirSync(drawnFolder(data)).flatMap((name) => {
    const version = name.replace(/\.parquet$/, '');
    return isVersion(version) ? [version] : [];
  });
  const newest = versions.sort(compareVersions).at(-1);
  return newest ? drawnFile(data, newest) : null;
}

/**
 * Makes `drawn`: the exact cells that published ones are drawn from. A cell that was drawn before (`earlier`) and whose count has moved by less
 * than five keeps what it was drawn from, so that its figures stay as they are, byte for byte, in every audience; one that was nobody stays so.
 * Its sum stays until it has moved by what five of the largest contributors hold: a column of FTE that is corrected shows, one person’s does not.
 * A correction of one person therefore shows nowhere, and a count that stays under five never gets a second draw; the price is up to four people. What moved further is drawn at its new key. Periods and tables that were not there before, and places that had nobody
 * then, are new. The keys are kept as well, so that a new secret draws only what is new.
 */
export async function keepDrawn(connection: DuckDBConnection, earlier: string | null): Promise<void> {
  await connection.run('drop view if exists drawn; drop table if exists drawn');
  if (earlier === null) {
    await connection.run(`create view drawn as ${noisyCells}`);
    return;
  }
  await readDrawn(connection, earlier, 'drawn_before');
  const known = categories.map((column) => `before.${column} is not distinct from exact.${column}`).join(' and ');
  const same = `${table.map((column) => `before.${column} = exact.${column}`).join(' and ')} and ${known}`;
  const columns = [...table, ...categories, ...amounts];
  const near = `abs(exact.n - before.n) < ${keptWithin}`;
  const sumNear = `abs(${sumNow} - before.w) < ${keptWithin} * greatest(exact.w_largest, before.w_largest)`;
  const kept = [
    ...counts.map((column) => `case when ${near} then before.${column} else exact.${column} end as ${column}`),
    ...sums.map(
      (column) =>
        `case when not coalesce(${near}, false) then exact.${column} when ${sumNear} then before.${column} else ${column === 'w' ? sumNow : `exact.${column}`} end as ${column}`,
    ),
  ];
  await connection.run(
    `create table drawn as
     with exact as (${noisyCells}),
       seen as (select distinct "set", grain, level, tally from drawn_before),
       place as (select distinct grain, level, area, period_end from drawn_before)
     select ${[...table, ...categories].map((column) => `exact.${column}`).join(', ')},
       ${kept.join(', ')}
     from exact left join drawn_before as before on ${same}
     where before.n is not null or exact.n >= ${keptWithin}
       or (exact."set", exact.grain, exact.level, exact.tally) not in (from seen)
       or (exact.grain, exact.level, exact.area, exact.period_end) not in (from place)
     union all
     select ${columns.map((column) => `before.${column}`).join(', ')}
     from drawn_before as before anti join exact on ${same}
     where before.n < ${keptWithin}`,
  );
}

/** Reads such a file into a table; what the types of this release no longer have is left out. */
export async function readDrawn(connection: DuckDBConnection, file: string, name: string): Promise<void> {
  const types: Record<string, string> = {
    '"set"': 'set_t',
    grain: 'grain_t',
    level: 'level_t',
    area: 'area_t',
    tally: 'tally_t',
  };
  const cast = [
    ...table.map((column) => (types[column] ? `try_cast(${column} as ${types[column]}) as ${column}` : column)),
    ...categories.map((column) => `try_cast(${column} as category_t) as ${column}`),
    ...amounts,
  ];
  const held = [
    ...Object.keys(types).map((column) => `try_cast(${column} as ${types[column]}) is not null`),
    ...categories.map((column) => `(${column} is null or try_cast(${column} as category_t) is not null)`),
  ];
  await connection.run(
    `create or replace table ${name} as select ${cast.join(', ')} from read_parquet('${file.replaceAll("'", "''")}') where ${held.join(' and ')}`,
  );
}

/** Keeps what the cells of a release were drawn from, readable by the owner alone: true counts and keys. */
export async function writeDrawn(connection: DuckDBConnection, data: string, version: string): Promise<void> {
  const folder = drawnFolder(data);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  const file = drawnFile(data, version);
  const text = [...table.filter((column) => column !== 'period_end'), ...categories].map(
    (column) => `${column}::varchar as ${column}`,
  );
  await connection.run(
    `copy (select ${text.join(', ')}, period_end, ${amounts.join(', ')} from drawn) to '${`${file}.part`.replaceAll("'", "''")}' (format parquet, compression zstd)`,
  );
  chmodSync(`${file}.part`, 0o600);
  renameSync(`${file}.part`, file);
}
