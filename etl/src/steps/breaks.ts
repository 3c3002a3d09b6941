import type { DuckDBConnection } from '@duckdb/node-api';
import { nearest } from '@ahp/sql/nearest';
import { tallies } from '@ahp/sql/tally';
import { referenceCodes, referenceRows } from '../extracts/reference-codes.ts';
import { Refusal } from '../refusal.ts';

/** One tally that is counted in another way from a day on, in one nation (null: everywhere). */
export interface BrokenTally {
  nation: string | null;
  from: string;
  tally: string;
  label: string;
  meaning: string;
  source: string;
}

/** Writes `sql/reference/break.csv` to the workshop as `release_break`, one row per tally. Throws Refusal `break_list` when a line cannot be used. */
export async function writeBreaks(connection: DuckDBConnection): Promise<void> {
  await connection.run(
    'create or replace table release_break (nation varchar, from_date date, tally varchar, label varchar, meaning varchar, source varchar)',
  );
  const statement = await connection.prepare('insert into release_break values ($1, $2::date, $3, $4, $5, $6)');
  for (const { nation, from, tally, label, meaning, source } of brokenTallies(referenceRows('break'))) {
    for (const [index, value] of [nation, from, tally, label, meaning, source].entries())
      if (value === null) statement.bindNull(index + 1);
      else statement.bindVarchar(index + 1, value);
    await statement.run();
  }
}

/**
 * The lines of the list, each tally by itself: `tallies` are names with a space between, where `*` stands for any letters (`*fte*`).
 * Throws Refusal `break_list` naming line, column and remedy of all that is wrong.
 */
export function brokenTallies(rows: readonly Record<string, string>[]): BrokenTally[] {
  const problems: string[] = [];
  const found = rows.flatMap((row, index) => {
    const wrong = (column: string, why: string) => problems.push(`line ${index + 2}, column ${column}: ${why}`);
    const { nation = '', valid_from: from = '', label = '', meaning = '', source = '' } = row;
    const nations = referenceCodes('nation');
    if (nation && !nations.includes(nation))
      wrong('nation', `“${nation}” is none of ${nations.join(', ')}; leave it empty for all of them.`);
    if (!isDay(from)) wrong('valid_from', `“${from}” is not a day: write it like 2024-04-01.`);
    if (row['valid_to']) wrong('valid_to', 'a break has no end: leave it empty, and add a line for the next one.');
    for (const [column, text] of Object.entries({ label, meaning, source }))
      if (!text) wrong(column, 'is empty: readers are told what changed, what it means, and where it says so.');
    return talliesNamed(row['tallies'] ?? '', (why) => wrong('tallies', why)).map((tally): BrokenTally => ({
      nation: nation || null,
      from,
      tally,
      label,
      meaning,
      source,
    }));
  });
  if (problems.length > 0)
    throw new Refusal(
      'break_list',
      'sql/reference/break.csv has lines that cannot be used; nothing was published. Correct them and build again.',
      problems,
    );
  return found;
}

function talliesNamed(text: string, wrong: (why: string) => void): string[] {
  const names = Object.keys(tallies);
  const patterns = text.split(' ').filter(Boolean);
  if (patterns.length === 0) wrong('is empty: name the tallies of sql/src/tally.ts that are counted in another way.');
  const matched = patterns.flatMap((pattern) => {
    const parts = pattern.split('*').map((part) => part.replace(/[^a-z0-9_]/g, '.'));
    const whole = new RegExp(`^${parts.join('.*')}$`);
    const some = names.filter((name) => whole.test(name));
    const near = nearest(pattern.replaceAll('*', ''), names);
    if (some.length === 0)
      wrong(`“${pattern}” is no tally of sql/src/tally.ts${near ? `; did you mean “${near}”?` : '.'}`);
    return some;
  });
  return [...new Set(matched)];
}

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(text).toJSON()?.startsWith(text) === true;
