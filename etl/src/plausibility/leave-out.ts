import type { DuckDBConnection } from '@duckdb/node-api';
import { quoted } from '../extracts/sql-text.ts';
import { Refusal } from '../refusal.ts';
import { quarantine } from '../steps/quarantine.ts';

/** What a row says that was left out on purpose: the organisation then counts as one that sent nothing for the month. */
export const leftOutReason = 'is left out by --leave-out';

/** Moves the staff of an organisation and month (`RAX:2026-03`) to the quarantine. Throws Refusal where there is none. */
export async function leaveOut(connection: DuckDBConnection, places: readonly string[]): Promise<void> {
  await connection.run('create or replace table left_out_month (organisation varchar, period_end date)');
  for (const place of places) {
    const [, code, month] = /^([^:]+):(\d{4}-\d{2})$/.exec(place) ?? [];
    if (code === undefined || month === undefined)
      throw new Refusal('wrong_place', `“${place}” is no organisation and month.`, [
        'Write them as in --leave-out RAX:2026-03.',
      ]);
    const moved = await quarantine(
      connection,
      'workforce',
      'organisation_code',
      `strftime(period_end, '%Y-%m') = ${quoted(month)} and (organisation_code = ${quoted(code)}
         or organisation_code in (select old_code from succession where new_code = ${quoted(code)}))`,
      leftOutReason,
    );
    await connection.run(
      `insert into left_out_month values (${quoted(code)}, last_day(date ${quoted(`${month}-01`)}))`,
    );
    if (moved === 0)
      throw new Refusal('nothing_left_out', `There is no staff of ${code} in ${month} to leave out.`, [
        'See the name of the finding: the organisation and the month stand in it, as in lost:RAX:2026-03.',
      ]);
  }
}
