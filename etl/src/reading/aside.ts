import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import type { Match } from './match.ts';
import type { Staged } from './stage.ts';

/** Values in a line of a title, a footer or a note: “Run date:” and the date. */
export const ofTitle = 2;

const total = '(^|\\s)(grand |sub-?\\s?)?totals?\\b';
const rule = '[-=_*]{2,}';
/** What no code, number or pseudonym has, and a sentence does. */
const sentence = '[ :*(©]';

/** Whether the values of a line, those that are not blank, are a total, a note or a line of dashes, and no row that was meant to be one. */
export function isAside(values: readonly string[]): boolean {
  const [first = ''] = values;
  if (values.length > 1 && values.every((value) => new RegExp(`^${rule}$`).test(value))) return true;
  return (
    values.length <= ofTitle && (new RegExp(total, 'i').test(first) || new RegExp(`${sentence}|^${rule}$`).test(first))
  );
}

/**
 * SQL that holds for a typed row that cannot be taken and was not meant to be one: a line of dashes, one with two values at most of which the first is a
 * sentence and no day, or one of which the first value says “total” and half of what must be filled is blank.
 */
export function asideRow({ extract, layout, positions }: Match): string {
  const columns = extract.columns
    .filter(({ name }) => name in positions)
    .toSorted((a, b) => positions[a.name]! - positions[b.name]!);
  const needed = columns.filter(({ filled }) => filled);
  if (!layout.trims || needed.length < 4) return 'false';
  const texts = columns.map(({ name }) => `"${name} text"`);
  const days = columns.filter(({ kind }) => kind === 'date').map(({ name }) => `"${name}" is not null`);
  const first = `coalesce(${texts.join(', ')})`;
  const values = texts.map((text) => `(${text} is not null)::integer`).join(' + ');
  const blank = needed.map(({ name }) => `("${name} text" is null)::integer`).join(' + ');
  return `coalesce((${values} between 1 and ${ofTitle} and regexp_matches(${first}, '${sentence}|^${rule}$') and not (${days.join(' or ') || 'false'}))
      or (${blank} >= ${needed.length} / 2 and regexp_matches(${first}, '${total}', 'i'))
      or (${values} > 1 and ${texts.map((text) => `coalesce(regexp_full_match(${text}, '${rule}'), true)`).join(' and ')}), false)`;
}

/** Takes such rows out of the staged ones. Their number, and the sentence that tells of them and of the lines that the reader passed over for the same reason. */
export async function setAside(
  connection: DuckDBConnection,
  staged: Staged,
  passedOver: readonly number[],
): Promise<{ staged: Staged; rows: number; note: string[] }> {
  const found = await rowsOf<{ line: number }>(
    connection,
    `select ${staged.line}::integer as line from checked where aside order by 1`,
  );
  const lines = [...found.map(({ line }) => line), ...passedOver].toSorted((a, b) => a - b);
  if (lines.length === 0) return { staged, rows: 0, note: [] };
  await connection.run(
    `create or replace temp table checked as select *, ${staged.line} as place from checked where not aside`,
  );
  const named = `${lines.length === 1 ? 'Line' : 'Lines'} ${lines.slice(0, 5).join(', ')}${lines.length > 5 ? ', …' : ''}`;
  const what =
    lines.length === 1
      ? 'is a total, a note or a line of dashes, and was'
      : 'are totals, notes or lines of dashes, and were';
  return { staged: { line: 'place' }, rows: found.length, note: [`${named} ${what} passed over.`] };
}
