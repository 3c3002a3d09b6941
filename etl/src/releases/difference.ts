import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';

/** The tables of one side of a comparison, as they are called where they lie. */
export type Side = Record<
  | 'period'
  | 'break'
  | 'category'
  | 'area'
  | 'policy'
  | 'cell'
  | 'published_feed'
  | 'published_period'
  | 'published_cell',
  string
>;

/** Something that a release has and another has not: "period", "month to 2026-04-30". */
export interface Item {
  subject: string;
  item: string;
}

/** Values of one period and level that are not what they were; `largest` is the largest change, in the unit, and `tally` that of it. */
export interface Revision {
  source: string;
  grain: string;
  periodEnd: string;
  level: string;
  unit: 'count' | 'FTE' | 'hours' | 'as published';
  cells: number;
  largest: number;
  tally: string;
}

export interface Difference {
  added: Item[];
  removed: Item[];
  relabelled: Item[];
  revised: Revision[];
}

/** The tables of a release file that is attached as `catalog`; releases from before breaks were listed have none. */
export async function sideOf(connection: DuckDBConnection, catalog: string): Promise<Side> {
  const table = (name: string) => `"${catalog}".${name}`;
  const listed = await rowsOf(
    connection,
    `select 1 as found from duckdb_tables() where database_name = '${catalog}' and table_name = 'break'`,
  );
  return {
    period: table('period'),
    break: listed.length > 0 ? table('break') : `(select null as nation, null as from_date, null as label where false)`,
    category: table('category'),
    area: table('area'),
    policy: table('policy'),
    cell: table('cell'),
    published_feed: table('published_feed'),
    published_period: table('published_period'),
    published_cell: table('published_cell'),
  };
}

/**
 * All that differs between two sides: periods, categories, areas, tallies, dimension sets and publications that came or went or have another
 * name, and the values of what both have. A cell that is absent from a side that could hold it is 0 there.
 */
export async function differenceOf(connection: DuckDBConnection, before: Side, now: Side): Promise<Difference> {
  const [added, removed] = [await itemsOnlyIn(connection, now, before), await itemsOnlyIn(connection, before, now)];
  return {
    added,
    removed,
    relabelled: await relabelled(connection, before, now),
    revised: [...(await revisedCells(connection, before, now)), ...(await revisedPublished(connection, before, now))],
  };
}

const breakName = `from_date || ', ' || coalesce(nation, 'everywhere')`;

const items = (side: Side): string => `
  select 'period' as subject, grain::varchar || ' to ' || period_end as item from ${side.period}
  union select 'break in series', ${breakName} from ${side.break}
  union select 'category', dimension || ': ' || code from ${side.category}
  union select level::varchar, code from ${side.area} where level::varchar <> 'uk'
  union select 'tally', tally::varchar from ${side.policy}
  union select 'dimension set', "set"::varchar || ', ' || level::varchar || ', ' || grain::varchar from ${side.policy} where "set"::varchar <> ''
  union select 'publication', feed::varchar from ${side.published_feed}
  union select 'published period', feed::varchar || ': ' || grain::varchar || ' to ' || period_end from ${side.published_period}`;

function itemsOnlyIn(connection: DuckDBConnection, side: Side, other: Side): Promise<Item[]> {
  return rowsOf<Item>(
    connection,
    `select subject, item from (${items(side)}) except select subject, item from (${items(other)}) order by all`,
  );
}

function relabelled(connection: DuckDBConnection, before: Side, now: Side): Promise<Item[]> {
  const labels = (side: Side) =>
    `select 'category' as subject, dimension || ': ' || code as item, label from ${side.category}
     union select level::varchar, code, label from ${side.area}
     union select 'break in series', ${breakName}, label from ${side.break}`;
  return rowsOf<Item>(
    connection,
    `select distinct subject, item || ': ' || was.label || ' → ' || has.label as item
     from (${labels(before)}) was join (${labels(now)}) has using (subject, item) where was.label <> has.label order by all`,
  );
}

const unit = `case when tally = 'cpd_hours' then 'hours' when regexp_matches(tally, '(^|_)fte(_|$)') then 'FTE' else 'count' end`;
const coordinates = `"set"::varchar, grain::varchar, level::varchar, area::varchar, period_end, a::varchar, b::varchar, c::varchar, tally::varchar`;

// Rows are paired by a hash of their coordinates, five times as fast as by the coordinates; the period beside it makes a false pair unthinkable.
async function revisedCells(connection: DuckDBConnection, before: Side, now: Side): Promise<Revision[]> {
  const keyed = (side: Side) =>
    `select hash(${coordinates}) as key, period_end, "set"::varchar as "set", grain::varchar as grain, level::varchar as level, area::varchar as area,
       a::varchar as a, b::varchar as b, c::varchar as c, tally::varchar as tally, value, true as present from ${side.cell}`;
  const both = (query: (side: Side) => string) => `(${query(before)} intersect ${query(now)})`;
  const known = (column: string) =>
    `(${column} is null or ${column} in (select code from ${both(({ category }) => `select code from ${category}`)}))`;
  return rowsOf<Revision>(
    connection,
    `with was as (${keyed(before)}), has as (${keyed(now)}), changed as (
       select period_end, ${['set', 'grain', 'level', 'area', 'a', 'b', 'c', 'tally'].map((name) => `coalesce(has."${name}", was."${name}") as "${name}"`).join(', ')},
         case when has.present then has.value else 0 end as new_value, case when was.present then was.value else 0 end as old_value
       from was full join has using (key, period_end)
       where has.value is distinct from was.value or has.present is distinct from was.present
     ), comparable as (
       select *, abs(coalesce(new_value, 0) - coalesce(old_value, 0)) as change, ${unit} as unit from changed
       where new_value is distinct from old_value
         and (grain, period_end) in ${both(({ period }) => `select grain::varchar, period_end from ${period}`)}
         and (level, area) in ${both(({ area }) => `select level::varchar, code from ${area}`)}
         and ("set", grain, level, tally) in ${both(({ policy }) => `select "set"::varchar, grain::varchar, level::varchar, tally::varchar from ${policy}`)}
         and ${['a', 'b', 'c'].map(known).join(' and ')}
     )
     select 'cells' as source, grain, period_end::varchar as "periodEnd", level, unit, count(*)::integer as cells,
       max(change)::double / case unit when 'FTE' then 1000 when 'hours' then 10 else 1 end as largest, arg_max(tally, change) as tally
     from comparable group by grain, period_end, level, unit order by grain, period_end, level, unit`,
  );
}

function revisedPublished(connection: DuckDBConnection, before: Side, now: Side): Promise<Revision[]> {
  const keyed = (side: Side) =>
    `select concat_ws('|', ${coordinates.replaceAll(/\b([abc])::varchar/g, `coalesce($1::varchar, '')`)}) as key, feed::varchar as feed,
       grain::varchar as grain, period_end, level::varchar as level, tally::varchar as tally, value from ${side.published_cell}`;
  const periods = (side: Side) => `select feed::varchar, grain::varchar, period_end from ${side.published_period}`;
  return rowsOf<Revision>(
    connection,
    `with was as (${keyed(before)}), has as (${keyed(now)})
     select feed as source, coalesce(has.grain, was.grain) as grain, coalesce(has.period_end, was.period_end)::varchar as "periodEnd",
       coalesce(has.level, was.level) as level, 'as published' as unit, count(*)::integer as cells,
       max(abs(coalesce(has.value, 0) - coalesce(was.value, 0))) as largest,
       arg_max(coalesce(has.tally, was.tally), abs(coalesce(has.value, 0) - coalesce(was.value, 0))) as tally
     from was full join has using (feed, key)
     where has.value is distinct from was.value
       and (feed, coalesce(has.grain, was.grain), coalesce(has.period_end, was.period_end)) in (${periods(before)} intersect ${periods(now)})
     group by all order by all`,
  );
}
