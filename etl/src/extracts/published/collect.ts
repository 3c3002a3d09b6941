import type { DuckDBConnection } from '@duckdb/node-api';
import { ExtractRefusal } from '../../reading/extract-refusal.ts';
import type { Extract } from '../extract.ts';
import { quoted } from '../sql-text.ts';
import { createExtractTables } from '../tables.ts';
import { publishedColumns, type Feed } from './feed.ts';
import { feeds as allFeeds } from './index.ts';

export type Collected = { feeds: string[]; rows: number; warnings: string[] };

/**
 * Turns the loaded publications into `published_row` (figures in the shape of cells, summed to system, region and England where the publisher gives
 * organisations), `published_organisation` (each organisation named, as at its latest file), `published_feed` and `published_reconciliation`
 * (start + joiners − leavers against end) and `published_total` (totals printed among their parts, against the sum of these). Throws when two files give different figures for the same thing.
 */
export async function collectPublished(
  connection: DuckDBConnection,
  feeds: readonly Feed[] = allFeeds,
): Promise<Collected> {
  await createTables(connection);
  await createExtractTables(
    connection,
    feeds.map(({ extract }) => extract),
  );
  const loaded: Feed[] = [];
  for (const feed of feeds) {
    if ((await number(connection, `select count(*) from ${feed.extract.name}`)) === 0) continue;
    await spellAlike(connection, feed.extract);
    await refuseContradictions(connection, feed);
    await collect(connection, feed);
    await refuseUnlike(connection, feed.extract.name);
    loaded.push(feed);
  }
  await reconcile(connection);
  await addUpParts(connection);
  const warnings = await texts(connection, totalsApart);
  for (const { disagreements } of loaded) {
    if (disagreements !== undefined) warnings.push(...(await texts(connection, disagreements)));
  }
  const rows = await number(connection, 'select count(*) from published_row');
  return { feeds: loaded.map(({ extract }) => extract.name), rows, warnings };
}

async function createTables(connection: DuckDBConnection): Promise<void> {
  await connection.run(`create or replace table published_row (${publishedColumns.join(', ')})`);
  await connection.run(
    'create or replace table published_feed (feed varchar, title varchar, publisher varchar, licence varchar, url varchar, note varchar)',
  );
  await connection.run(
    'create or replace table published_organisation (code varchar, label varchar, nation varchar, region varchar, system varchar, kind varchar)',
  );
}

async function collect(connection: DuckDBConnection, feed: Feed): Promise<void> {
  const { extract, title, publisher, licence, url, note } = feed;
  await connection.run(`insert into published_row by name ${feed.rows}`);
  await connection.run(
    `insert into published_feed values (${[extract.name, title, publisher, licence, url, note].map(quoted).join(', ')})`,
  );
  if (feed.organisations !== undefined) await addOrganisations(connection, feed.organisations);
}

// A publication that names an organisation later, or knows its place, is preferred to one that does not.
async function addOrganisations(connection: DuckDBConnection, organisations: string): Promise<void> {
  await connection.run(
    `insert into published_organisation
     select code, label, nation, region, system, kind from (${organisations})
     where code not in (select code from published_organisation)
     qualify row_number() over (partition by code order by as_at desc, label) = 1`,
  );
}

// Publishers change the case of a label between issues, and within one: “HCHS Doctors” and “HCHS doctors” are one group, not two that halve each other.
async function spellAlike(connection: DuckDBConnection, { name, key, columns }: Extract): Promise<void> {
  for (const { name: column } of columns.filter(({ name, kind }) => kind === 'text' && key.includes(name)))
    await connection.run(
      `update ${name} set "${column}" = spelt.usual
       from (select lower("${column}") as lowered, mode("${column}" order by "${column}") as usual from ${name} group by 1 having count(distinct "${column}") > 1) as spelt
       where lower("${column}") = lowered and "${column}" <> usual`,
    );
}

async function refuseContradictions(connection: DuckDBConnection, { extract }: Feed): Promise<void> {
  if (extract.key.length === 0) return refuseSharedPeriods(connection, extract);
  const key = extract.key.map((name) => `"${name}"`).join(', ');
  const others = extract.columns.filter(({ name }) => !extract.key.includes(name));
  const figures = others.filter(({ kind }) => kind === 'integer' || kind === 'decimal');
  const values = (figures.length > 0 ? figures : others).map(({ name }) => `"${name}"`);
  const conflicts = await connection.runAndReadAll(
    `select count(*), min(first), min(second) from (
       select arg_min(${fileOf} || ' line ' || line, (source_file, line)) as first, arg_max(${fileOf} || ' line ' || line, (source_file, line)) as second
       from ${extract.name} group by ${key} having count(distinct (${values.join(', ')})) > 1)`,
  );
  const [count, first, second] = conflicts.getRowsJS()[0]!;
  if (Number(count) > 0) {
    throw new ExtractRefusal(
      'structure',
      extract.name,
      `Two files give different figures for the same thing, ${Number(count)} times (first: ${String(first)} and ${String(second)}).`,
      'Keep the revised file only.',
    );
  }
}

// Without a key nothing tells a revised row from another one, and every issue repeats the years before it: both together would count twice.
async function refuseSharedPeriods(connection: DuckDBConnection, { name, columns: [period] }: Extract): Promise<void> {
  const [shared] = await texts(
    connection,
    `select '“' || "${period!.name}" || '” is in ' || string_agg(distinct ${fileOf}, ' and ') from ${name}
     group by "${period!.name}" having min(source_file) < max(source_file) order by "${period!.name}" limit 1`,
  );
  if (shared !== undefined)
    throw new ExtractRefusal(
      'structure',
      name,
      `Two files tell of the same ${period!.name}: ${shared}.`,
      'Keep the latest issue only: it repeats the years before.',
    );
}

// A publisher that names its totals or groups anew must not lose figures, nor have two in the place of one.
async function refuseUnlike(connection: DuckDBConnection, feed: string): Promise<void> {
  const of = `from published_row where feed = '${feed}'`;
  const twice = await number(
    connection,
    `select count(*) from (select 1 ${of} group by "set", grain, level, area, period_end, a, b, c, tally having count(*) > 1)`,
  );
  if (twice > 0 || (await number(connection, `select count(*) ${of}`)) === 0)
    throw new ExtractRefusal(
      'structure',
      feed,
      twice > 0
        ? `Labels of the publication give ${twice} figures twice.`
        : 'None of the labels of the publication is known, so it gives no figure.',
      `Compare its labels with those of the issue before, and adapt etl/src/extracts/published.`,
    );
}

/** SQL: the name of the file that a row came from. */
const fileOf = `coalesce((select any_value(name) from received_file where number = source_file), 'file ' || source_file)`;

async function reconcile(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    `create or replace table published_reconciliation as
     select feed, period_end, level, area, a as staff_group,
       sum(value) filter (where tally = 'headcount_start')::integer as start_headcount, sum(value) filter (where tally = 'joiners_organisation')::integer as joiners,
       sum(value) filter (where tally = 'leavers_organisation')::integer as leavers, sum(value) filter (where tally = 'headcount')::integer as end_headcount,
       (end_headcount - (start_headcount + joiners - leavers))::integer as unexplained
     from published_row where feed = 'nhse_turnover' group by feed, period_end, level, area, a`,
  );
}

// As the publisher gives them: where there are organisations, the sums for larger areas are ours. A person in two groups is in both, so that parts of a
// headcount exceed their total a little. FTE as in cells, in thousandths, are compared in whole ones.
async function addUpParts(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    `create or replace table published_total as
     with printed as (
       select *, if(tally ilike '%fte%', 1000, 1) as unit from published_row
       where "set" not like '%+%' and feed in (select feed from published_row where "set" = '') and feed in (select feed from published_row where "set" <> '')
         and (level = 'organisation' or feed not in (select feed from published_row where level = 'organisation'))
     ), part as (
       select feed, grain, level, area, period_end, tally, "set", sum(value) / any_value(unit) as parts from printed where "set" <> ''
       group by feed, grain, level, area, period_end, tally, "set" having count(*) = count(value)
     )
     select part.*, total.value / total.unit as total, parts - total.value / total.unit as apart,
       coalesce(abs(apart) > greatest(5, 0.03 * total.value / total.unit), true) as alert
     from part left join printed as total on total."set" = '' and total.feed = part.feed and total.grain = part.grain and total.level = part.level
       and total.area = part.area and total.period_end = part.period_end and total.tally = part.tally`,
  );
}

/** SQL: a sentence for each publication whose printed totals are not the sums of their parts. */
const totalsApart = `
  select count(*) || ' of ' || any_value(n) || ' printed totals differ from the sum of their parts in ' || any_value(title) || ', or are not there: the report on the data names them.'
  from (select *, count(*) over (partition by feed) as n from published_total) join published_feed using (feed) where alert group by feed`;

async function number(connection: DuckDBConnection, sql: string): Promise<number> {
  return Number((await connection.runAndReadAll(sql)).getRowsJS()[0]?.[0]);
}

async function texts(connection: DuckDBConnection, sql: string): Promise<string[]> {
  return (await connection.runAndReadAll(sql)).getRowsJS().map(([text]) => String(text));
}
