import type { DuckDBConnection } from '@duckdb/node-api';
import type { Extract } from '../extracts/extract.ts';
import { quoted } from '../extracts/sql-text.ts';
import type { ReceivedFile } from '../steps/receive.ts';
import { ExtractRefusal } from './extract-refusal.ts';
import type { Staged } from './stage.ts';
import { strangeWords } from './strange-words.ts';
import { headerReason, warningCounts } from './typing.ts';

export type Settled = {
  read: number;
  loaded: number;
  quarantined: number;
  warnings: string[];
  /** Optional columns that the file leaves out: not recorded for any row. */
  absent: string[];
};

/** Judges the staged rows as a whole: those that repeat another are refused too, and every row is accounted for. The refused ones wait in `problem`. */
export async function settle(connection: DuckDBConnection, file: ReceivedFile, staged: Staged): Promise<Settled> {
  const { extract } = file.match;
  await connection.run(`create or replace temp table problem as ${problems(staged.line)}`);
  await refuseSecondTable(connection, file);
  const key = extract.once ? extract.columns.map(({ name }) => name) : extract.key;
  if (key.length > 0 && (await hasRepeats(connection, key))) {
    await connection.run(`insert into problem ${repeats(extract, key, staged.line)}`);
  }
  const quarantined = await number(connection, 'select count(distinct line) from problem');
  const rows = await number(connection, 'select count(*) from checked');
  const faults = await number(connection, 'select count(distinct line) from faults');
  const good = quarantined === 0 ? 'checked' : `(${goodRows(extract, staged)})`;
  const loaded = await number(connection, `select count(*) from ${good}`);
  const read = rows + faults;
  if (read !== loaded + quarantined)
    throw unbalanced(file.name, `${read} rows were read, ${loaded} loaded and ${quarantined} quarantined`);

  const warnings = await ruleWarnings(connection, file, good);
  warnings.push(...(await strangeWords(connection, file, goodWords(staged))));
  if (key.length === 0) warnings.push(...(await repeatWarning(connection, extract, good)));
  if (quarantined > read / 2) warnings.push('More than half of the rows are quarantined: is this the right layout?');
  return {
    read,
    loaded,
    quarantined,
    warnings,
    absent: file.match.absent,
  };
}

/** SQL of the settled rows that are good: the extract's columns and `line`. */
export function goodRows(extract: Extract, { line }: Staged): string {
  return `select ${columnsOf(extract)}, ${line} as line from checked where ${line} not in (select line from problem)`;
}

/** More values than these are not a list of words, and may tell of people. */
const few = 12;

/**
 * SQL of the settled rows that are refused, once for each problem, with the shape of what they hold; `value` is the value itself where a column of
 * codes, numbers or days has few of them and none is long or looks like a number of somebody. `organisation` and `period_end` are those of the
 * row, as sent, so that a month can be judged by what of it was refused.
 */
export function refusedRows(extract: Extract, { line }: Staged): string {
  const columns = extract.columns.map(({ name }) => name);
  const place = ['organisation_code', 'period_end'].every((name) => columns.includes(name))
    ? `(select ${line} as line, organisation_code as organisation, period_end from checked)`
    : '(select -1::bigint as line, null::varchar as organisation, null::date as period_end)';
  const open = extract.columns
    .filter(({ kind, monthEnd }) => kind !== 'text' && (kind !== 'date' || monthEnd))
    .map(({ name }) => quoted(name));
  return `select line, column_name, reason, ${masked('value')} as masked_value, case when shown.column_name is not null then value end as value, place.organisation, place.period_end
from problem left join ${place} as place using (line) left join (
  select column_name from problem where value is not null and column_name in (${['null', ...open].join(', ')})
  group by column_name having count(distinct value) <= ${few} and not bool_or(${personal('value')})
) as shown using (column_name) order by line, column_name`;
}

/** SQL that holds for a value which may be somebody's: long, or five digits or more on end. */
export const personal = (value: string): string => `(length(${value}) > 60 or regexp_matches(${value}, '[0-9]{6}|@'))`;

/** Moves the settled rows to their tables: good ones to `into`, the others to `rejects`. */
export async function deliver(
  connection: DuckDBConnection,
  { match, number, name }: ReceivedFile,
  staged: Staged,
  { into, rejects }: { into: string; rejects: string },
): Promise<void> {
  await connection.run(
    `insert into ${into} by name select *, ${number} as source_file from (${goodRows(match.extract, staged)})`,
  );
  await connection.run(
    `insert into ${rejects} by name select ${number} as source_file, ${quoted(name)} as file, * from (${refusedRows(match.extract, staged)})`,
  );
}

/** The columns of an extract, for a select list. */
export function columnsOf(extract: Extract): string {
  return extract.columns.map((column) => `"${column.name}"`).join(', ');
}

/** The rows of a file do not add up, which is never the file's fault. */
export function unbalanced(file: string, counts: string): ExtractRefusal {
  return new ExtractRefusal(
    'crashed',
    file,
    `${counts}: a defect of the reader.`,
    'Tell the maintainers; have it sent in another format meanwhile.',
  );
}

const goodWords = ({ line }: Staged) =>
  `(select *, ${line} as line_of from checked where ${line} not in (select line from problem))`;

/** A file may hold one table; where its header comes again, what follows may be of another month, place or kind. */
async function refuseSecondTable(connection: DuckDBConnection, file: ReceivedFile): Promise<void> {
  const line = await number(connection, `select coalesce(min(line), 0) from problem where reason = '${headerReason}'`);
  if (line > 0)
    throw new ExtractRefusal(
      'structure',
      file.name,
      'The header comes again: a second table begins here.',
      'Send each table as a file of its own. If it is one table that was joined from several, delete this line.',
      { line },
    );
}

const problems = (line: string) => `
select line, problem.column_name as column_name, problem.reason as reason, problem.value as value
from (select ${line} as line, unnest(problems) as problem from checked where problems is not null)
union all select line, column_name, reason, null from faults`;

async function hasRepeats(connection: DuckDBConnection, key: readonly string[]): Promise<boolean> {
  const columns = key.map((column) => `"${column}"`).join(', ');
  return (
    (await number(
      connection,
      `select (count(distinct hash(${columns})) < count(*))::integer from checked where problems is null`,
    )) === 1
  );
}

function repeats(extract: Extract, key: readonly string[], line: string): string {
  const told = extract.once ? 'every column' : `the ${key.join(', ')}`;
  const columns = key.map((column) => `"${column}"`).join(', ');
  return `select line, ${quoted(extract.once ? key[0]! : key.at(-1)!)}, 'repeats ' || ${quoted(told)} || ' of line ' || first, null
from (select ${line} as line, min(${line}) over (partition by ${columns}) as first from checked where problems is null)
where line > first`;
}

// Two courses of two hours on one day are possible, an export joined with itself is likelier: told, and left to the supplier.
async function repeatWarning(connection: DuckDBConnection, extract: Extract, good: string): Promise<string[]> {
  const rows = await number(connection, `select count(*) - count(distinct hash(${columnsOf(extract)})) from ${good}`);
  if (rows === 0) return [];
  const told = rows === 1 ? '1 row repeats' : `${rows.toLocaleString('en-GB')} rows repeat`;
  return [`${told} an earlier one in every column; each is counted.`];
}

/** SQL that keeps the shape of a value and nothing else: letters become x, digits 9; at most 24 characters. */
export function masked(value: string): string {
  return `left(regexp_replace(regexp_replace(regexp_replace(${value}, '\\p{L}', 'x', 'g'), '\\p{N}', '9', 'g'), '[\\p{C}\\p{Z}]', ' ', 'g'), 24)`;
}

async function ruleWarnings(connection: DuckDBConnection, { match }: ReceivedFile, good: string): Promise<string[]> {
  const warnings: string[] = [];
  const rules = warningCounts(match.extract);
  if (rules.length === 0) return warnings;
  const counts = await connection.runAndReadAll(`select ${rules.map(({ count }) => count).join(', ')} from ${good}`);
  rules.forEach(({ column, reason }, i) => {
    const rows = Number(counts.getRowsJS()[0]?.[i] ?? 0);
    if (rows > 0) warnings.push(`“${column}” ${reason} in ${rows} row${rows === 1 ? '' : 's'}.`);
  });
  return warnings;
}

async function number(connection: DuckDBConnection, sql: string): Promise<number> {
  return Number((await connection.runAndReadAll(sql)).getRowsJS()[0]?.[0]);
}
