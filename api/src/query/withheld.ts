import { listValue } from '@duckdb/node-api';
import { sql, type RawBuilder } from 'kysely';
import { columnsOf, source, tableFilter, type Block, type Reading } from './block.ts';
import { dimensionById } from '../release/dimension.ts';
import { baseTally } from './plan.ts';

/** Published people that the table of one area must at least rest on. */
const tableMinimum = 50;
/** Share of its cells that must not be zero; rows and columns that are zero throughout do not count. */
const filledMinimum = 0.5;
/** Published people that a row must rest on which is split by a sensitive characteristic: in a smaller one, nobody mostly means nobody, and one category everybody. */
const rowMinimum = 30;

/** SQL that says of each `member` and `moment` of a block whether its figures are withheld. */
export interface WithheldRules {
  joins: RawBuilder<unknown>;
  flag: RawBuilder<unknown>;
}

/**
 * Tables that are too sparse for an area, and rows too small to be split by a sensitive characteristic. Decided from published cells
 * of the whole table alone, so a refusal says nothing new and does not depend on the filters or on the measures selected.
 */
export function withheldRules(reading: Reading, block: Block): WithheldRules {
  const tally = baseTally(reading.holding, reading.grain, block.level, block.set);
  const sensitive = block.set.flatMap((id, index) => (isSensitive(reading, id) ? [index] : []));
  const crossed = block.set.length > 1 && block.set.every((id) => dimensionById.get(id)?.codes);
  const noisy = reading.holding.source === 'extracts' && reading.catalogue.audience.v > 0;
  if (!noisy || tally === null || (!crossed && sensitive.length === 0)) return { joins: sql``, flag: sql`false` };

  const columns = columnsOf(block);
  const areas = [...new Set(block.groups.flatMap(({ members }) => members.map(({ area }) => area)))];
  const table = sql`${source(reading.holding)} as cell where ${tableFilter(reading, block)} and cell.tally = ${tally}::tally_t
    and cell.area in (select unnest(${listValue(areas)}::area_t[]))`;
  const joins = [
    sql`
    left join (select area, period_end, ${tooSparse(columns, crossed)} as withheld from ${table} group by area, period_end) as place
      on place.area = member.area and place.period_end = moment.period_end`,
  ];
  const flags = [sql`coalesce(place.withheld, true)`];
  if (columns.length > 1)
    for (const index of sensitive) {
      const name = sql.ref(`row_by_${columns[index]!}`);
      const others = columns.filter((_, i) => i !== index).map((column) => sql.ref(column));
      const same = others.map((column) => sql` and ${name}.${column} = member.${column}`);
      joins.push(sql`
        left join (select area, period_end, ${sql.join(others)}, sum(value) < ${rowMinimum}::integer as withheld
          from ${table} and value > 0 group by area, period_end, ${sql.join(others)}) as ${name}
          on ${name}.area = member.area and ${name}.period_end = moment.period_end${sql.join(same, sql``)}`);
      flags.push(sql`coalesce(${name}.withheld, false)`);
    }
  return { joins: sql.join(joins, sql``), flag: sql`(${sql.join(flags, sql` or `)})` };
}

function tooSparse(columns: readonly string[], crossed: boolean): RawBuilder<unknown> {
  const small = sql`coalesce(sum(value), 0) < ${tableMinimum}::integer`;
  if (!crossed) return small;
  const used = columns.map((column) => sql`count(distinct ${sql.ref(column)}) filter (where value > 0)`);
  return sql`${small} or count(*) filter (where value > 0) < ${filledMinimum}::double * ${sql.join(used, sql` * `)}`;
}

function isSensitive({ catalogue }: Reading, id: string): boolean {
  return catalogue.dimensions.some((dimension) => dimension.id === id && dimension.sensitive);
}
