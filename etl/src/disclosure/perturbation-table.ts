import type { DuckDBConnection } from '@duckdb/node-api';
import { isFixed } from './fixed-ptables.ts';
import { slotsOf, type Slot } from './ptable-slots.ts';
import type { PTable } from './ptable.ts';

/** A p-table in a temporary table of the connection, and the SQL that looks a change up in it by an equality join. */
export interface PerturbationTable {
  /** `join …` of the table under an alias, for SQL expressions of the true count and of the cell key (0 … 2^32 − 1). */
  join(alias: string, count: string, key: string): string;
  /** The change, for the alias and the key of a `join`; null when the cell is withheld. */
  change(alias: string, key: string): string;
}

/** Puts a p-table on the connection as the temporary table `name`. */
export async function createPerturbationTable(
  connection: DuckDBConnection,
  name: string,
  table: PTable,
): Promise<PerturbationTable> {
  const bits = isFixed(table) ? 0 : slotBits;
  const slots = slotsOf(table, bits);
  const cuts = Math.max(...slots.map((slot) => slot.cuts.length));
  await fill(connection, name, slots, cuts);
  return {
    join: (alias, count, key) =>
      `join ${name} as ${alias} on ${alias}.slot = ${slotExpression(table, bits, count, key)}`,
    change: (alias, key) => changeExpression(alias, cuts, key),
  };
}

/** 4,096 slots a row keep the table within a processor's cache and the join a plain array look-up. */
const slotBits = 12;

function slotExpression({ rows, repeat }: PTable, bits: number, count: string, key: string): string {
  const last = rows.length - 1;
  const n = `coalesce(${count}, 0)`;
  const row =
    repeat === 1
      ? `least(${n}, ${last})`
      : `(case when ${n} <= ${last} then ${n} else ${last - repeat + 1} + (${n} - ${last + 1}) % ${repeat} end)`;
  if (bits === 0) return `${row}::integer`;
  return `${row}::integer * ${2 ** bits} + (coalesce(${key}, 0)::uinteger >> ${32 - bits})::integer`;
}

/** Most slots lie inside one change; where bounds fall inside a slot, the exact 32-bit key decides. */
function changeExpression(alias: string, cuts: number, key: string): string {
  if (cuts === 0) return `${alias}.v`;
  const steps = Array.from(
    { length: cuts },
    (_, k) => `case when ${key} >= ${alias}.cut_${k + 1} then ${alias}.step_${k + 1} else 0 end`,
  );
  return `(${alias}.v + case when ${alias}.cut_1 is null then 0 else ${steps.join(' + ')} end)`;
}

async function fill(connection: DuckDBConnection, name: string, slots: Slot[], cuts: number): Promise<void> {
  const columns = Array.from({ length: cuts }, (_, k) => `, cut_${k + 1} uinteger, step_${k + 1} smallint`);
  await connection.run(`create or replace temp table ${name} (slot integer, v smallint${columns.join('')})`);
  const appender = await connection.createAppender(name, 'main', 'temp');
  for (const [index, slot] of slots.entries()) {
    appender.appendInteger(index);
    if (slot.v === null) appender.appendNull();
    else appender.appendSmallInt(slot.v);
    for (let k = 0; k < cuts; k++) {
      const cut = slot.cuts[k];
      if (cut) {
        appender.appendUInteger(cut.from);
        appender.appendSmallInt(cut.step);
      } else {
        appender.appendNull();
        appender.appendNull();
      }
    }
    appender.endRow();
  }
  appender.closeSync();
}
