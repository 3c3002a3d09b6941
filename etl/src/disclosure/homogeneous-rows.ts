import type { DuckDBConnection } from '@duckdb/node-api';
import type { Tally } from '@ahp/sql/tally';
import { families, policyOf } from '../../../sql/lattice/policy.ts';
import { guardedBesideTheirCell, nestedIn, rowsAreGuarded } from '../../../sql/lattice/homogeneous.ts';
import type { Audience } from './audiences.ts';
import type { CellExpressions, Protection } from './protect.ts';
import { categoryColumns, sameTable, tableColumns as table } from './pattern.ts';

const kind = ['grain', 'level', 'tally'];
const categories = categoryColumns;

/** Where the categories of a parent stand in its part that is cut along dimension `axis` of `size`: `null` along the axis. */
function placed(size: number, axis: number): string[] {
  return categories.map((_, place) =>
    place >= size || place === axis ? 'null::category_t' : `parent.${categories[place > axis ? place - 1 : place]}`,
  );
}

/**
 * Finds the rows of `cells` (published, unmasked) that must be withheld whole, as patterns in the temporary table `row_pattern`: the table, and the
 * categories of the row; null stands for every category. Decided once, from published cells alone:
 * a row has one category above zero, or none although the cell that it cuts is above zero; and what is cut of a withheld row is withheld too, by the
 * same pattern, so that the list says of no withheld cell whether there is anybody in it.
 * Of the rows of a cell that is published as 0 there is nothing to say that the cell has not said; they are listed only when they have one category.
 */
export async function findHomogeneousRows(
  connection: DuckDBConnection,
  audience: Audience['id'],
  cells: string,
): Promise<void> {
  await writeAxes(connection, audience);
  await connection.run(
    `create or replace temp table row_pattern ("set" set_t, grain grain_t, level level_t, area area_t, period_end date, tally tally_t, a category_t, b category_t, c category_t)`,
  );
  for (let size = 1; size <= 3; size += 1) {
    for (let axis = 0; axis < size; axis += 1) await fromParents(connection, size, axis);
    for (let axis = 0; axis < size; axis += 1) await fromCells(connection, cells, size, axis);
    await dropCovered(connection);
  }
}

/** `row_axis`: every guarded table of the policy and dimension of it, with the table of the cells that its rows cut (null: there is none). */
async function writeAxes(connection: DuckDBConnection, audience: Audience['id']): Promise<void> {
  const rows = policyOf(audience);
  const held = new Set(rows.map(({ grain, level, set, tally }) => [grain, level, set, tally].join('|')));
  await connection.run(
    'create or replace temp table axis_text (grain varchar, level varchar, "set" varchar, tally varchar, size integer, axis integer, parent varchar)',
  );
  const appender = await connection.createAppender('axis_text', 'main', 'temp');
  for (const { grain, level, set, tally } of rows) {
    const ids = set === '' ? [] : set.split('+');
    if (!counted.has(tally) || !rowsAreGuarded(tally, ids)) continue;
    for (const axis of ids.keys()) {
      const parent = ids.filter((_, place) => place !== axis).join('+');
      const isPublished = held.has([grain, level, parent, tally].join('|'));
      if (!isPublished && guardedBesideTheirCell.has(ids[axis]!)) continue;
      for (const value of [grain, level, set, tally]) appender.appendVarchar(value);
      appender.appendInteger(ids.length);
      appender.appendInteger(axis);
      if (isPublished) appender.appendVarchar(parent);
      else appender.appendNull();
      appender.endRow();
    }
  }
  appender.closeSync();
  await connection.run(
    `create or replace temp table row_axis as
     select distinct grain::grain_t as grain, level::level_t as level, "set"::set_t as "set", tally::tally_t as tally, size, axis, parent::set_t as parent from axis_text;
     drop table axis_text`,
  );
}

/** Sums go with the counts that they belong to. What follows from the headcount is a count of its own where somebody is not followed. */
const counted = new Set(
  families.flatMap(({ tallies, follows }) => [...tallies, ...(Object.keys(follows ?? {}) as Tally[])]),
);

const axisIs = (size: number, axis: number) => `axis.size = ${size} and axis.axis = ${axis}`;

/** What is cut of a withheld row is withheld. */
async function fromParents(connection: DuckDBConnection, size: number, axis: number): Promise<void> {
  await connection.run(
    `insert into row_pattern
     select distinct axis."set", parent.grain, parent.level, parent.area, parent.period_end, parent.tally, ${placed(size, axis).join(', ')}
     from row_pattern as parent join row_axis as axis on axis.parent = parent."set" and ${sameTable('axis', 'parent', kind)} and ${axisIs(size, axis)}`,
  );
}

async function fromCells(connection: DuckDBConnection, cells: string, size: number, axis: number): Promise<void> {
  const kept = categories.map((column, place) =>
    place >= size || place === axis ? 'null::category_t' : `cell.${column}`,
  );
  const same = categories
    .flatMap((column, place) =>
      place >= size || place === axis ? [] : [`line.${column} = ${placed(size, axis)[place]}`],
    )
    .map((equal) => ` and ${equal}`)
    .join('');
  await connection.run(
    `insert into row_pattern
     with line as materialized (
       select cell."set", cell.grain, cell.level, cell.area, cell.period_end, cell.tally, ${kept.map((column, place) => `${column} as ${categories[place]}`).join(', ')}, count(*) as filled
       from ${cells} as cell semi join row_axis as axis on ${sameTable('axis', 'cell', ['"set"', ...kind])} and ${axisIs(size, axis)} where cell.value > 0 group by all)
     select line.* exclude (filled) from line where filled = 1
     union all
     select axis."set", parent.grain, parent.level, parent.area, parent.period_end, parent.tally, ${placed(size, axis).join(', ')}
     from ${cells} as parent join row_axis as axis on axis.parent = parent."set" and ${sameTable('axis', 'parent', kind)} and ${axisIs(size, axis)}
     anti join line on line."set" = axis."set" and ${sameTable('line', 'parent', table.slice(1))}${same}
     where parent.value > 0`,
  );
}

/**
 * Adds to `row_pattern` the cells of tallies that are nearly the whole of another one (`nestedIn`). The smaller and what the larger has beyond it are
 * a row: the smaller is shown when both are published above zero. What the larger has beyond it is drawn from the exact cells of both; as they have
 * one key text, its key is the difference of theirs.
 */
export async function findNestedParts(
  connection: DuckDBConnection,
  audience: Audience['id'],
  { cells, exact, protection, cell }: { cells: string; exact: string; protection: Protection; cell: CellExpressions },
): Promise<void> {
  const names = Object.entries(nestedIn).map(([part, whole]) => `('${part}', '${whole}')`);
  const coordinates = table.filter((column) => column !== 'tally');
  const sameCell = (left: string, right: string) =>
    `${sameTable(left, right, coordinates)} and ${categories.map((column) => `${left}.${column} is not distinct from ${right}.${column}`).join(' and ')}`;
  const rest = (key: string) => `((whole.${key} + 4294967296 - part.${key}) % 4294967296)::ubigint as ${key}`;
  await connection.run(
    `create or replace temp table nested as select part::tally_t as part, whole::tally_t as whole from (values ${names.join(', ')}) as name(part, whole);
     insert into row_pattern
     with permitted as (select grain::grain_t as grain, level::level_t as level, "set"::set_t as "set", tally::tally_t as tally from policy_row where audience = '${audience}' and tally in (select part::varchar from nested)),
       beyond as (
         select part.* exclude (n, trusted_key, public_key), whole.n - part.n as n, ${rest('trusted_key')}, ${rest('public_key')}
         from ${exact} as part join nested on nested.part = part.tally
         join ${exact} as whole on whole.tally = nested.whole and ${sameCell('whole', 'part')}),
       nobody_beyond as (select exact.* from beyond as exact ${protection.joins(cell)} where ${protection.count(cell)} = 0)
     select pattern."set", pattern.grain, pattern.level, pattern.area, pattern.period_end, nested.part, pattern.a, pattern.b, pattern.c
     from row_pattern as pattern join nested on nested.whole = pattern.tally
     semi join permitted on permitted.tally = nested.part and ${sameTable('permitted', 'pattern', ['"set"', 'grain', 'level'])}
     union
     select part."set", part.grain, part.level, part.area, part.period_end, part.tally, part.a, part.b, part.c
     from ${cells} as part join nobody_beyond as beyond on beyond.tally = part.tally and ${sameCell('beyond', 'part')}
     union
     select whole."set", whole.grain, whole.level, whole.area, whole.period_end, nested.part, whole.a, whole.b, whole.c
     from ${cells} as whole join nested on nested.whole = whole.tally
     semi join permitted on permitted.tally = nested.part and ${sameTable('permitted', 'whole', ['"set"', 'grain', 'level'])}
     anti join ${cells} as part on part.tally = nested.part and ${sameCell('part', 'whole')}`,
  );
  await dropCovered(connection);
}

/** Leaves out patterns that another one of the same table covers, and repetitions. */
async function dropCovered(connection: DuckDBConnection): Promise<void> {
  const covers = categories.map((column) => `(wide.${column} is null or wide.${column} = row_pattern.${column})`);
  const wider = categories.map((column) => `(wide.${column} is null and row_pattern.${column} is not null)`);
  await connection.run(
    `create or replace temp table row_pattern as
     select distinct * from row_pattern where not exists (
       select 1 from row_pattern as wide where ${sameTable('wide', 'row_pattern')} and ${covers.join(' and ')} and (${wider.join(' or ')}))`,
  );
}
