import type { DuckDBConnection } from '@duckdb/node-api';
import { quoted } from '../extracts/sql-text.ts';
import type { ReceivedFile } from '../steps/receive.ts';
import { ExtractRefusal } from './extract-refusal.ts';
import type { Staged } from './stage.ts';
import { warningCounts } from './typing.ts';

export type Settled = {
  read: number;
  loaded: number;
  quarantined: number;
  warnings: string[];
  /** Optional columns that the file leaves out: not recorded for any row. */
  absent: string[];
  /** The most frequent reasons for quarantine. */
  reasons: { column: string | null; reason: string; rows: number; firstLine: number }[];
};

/** Moves the staged rows to their places: good ones to `into`, the others, with one line per problem, to `rejects`. */
export async function settle(
  connection: DuckDBConnection,
  file: ReceivedFile,
  staged: Staged,
  { into, rejects }: { into: string; rejects: string },
): Promise<Settled> {
  const { extract } = file.match;
  const columns = extract.columns.map((column) => `"${column.name}"`).join(', ');
  await connection.run(`create or replace temp table problem as ${problems(staged.line)}`);
  if (extract.key.length > 0 && (await hasRepeats(connection, extract.key))) {
    await connection.run(`insert into problem ${repeats(extract.key, staged.line)}`);
  }
  const bad = await number(connection, 'select count(distinct line) from problem');
  const good = bad === 0 ? 'true' : `${staged.line} not in (select line from problem)`;
  const rows = await number(connection, 'select count(*) from checked');
  const faults = await number(connection, 'select count(distinct line) from faults');
  const loaded = await number(connection, `select count(*) from checked where ${good}`);
  const read = rows + faults;
  const quarantined = bad;
  if (read !== loaded + quarantined)
    throw unbalanced(file.name, `${read} rows were read, ${loaded} loaded and ${quarantined} quarantined`);

  await connection.run(
    `insert into ${into} (${columns}, source_file, line) select ${columns}, ${file.number}, ${staged.line} from checked where ${good}`,
  );
  await connection.run(
    `insert into ${rejects} (source_file, file, line, column_name, reason, masked_value)
     select ${file.number}, ${quoted(file.name)}, line, column_name, reason, ${masked('value')} from problem order by line, column_name`,
  );
  const reasons = await connection.runAndReadAll(
    `select column_name, regexp_replace(reason, ' of line [0-9]+$', ' of an earlier line') as told, count(*)::integer, min(line)::integer from problem
     group by all order by 3 desc, 4, 1 limit 20`,
  );
  const warnings = await ruleWarnings(connection, file, good);
  if (extract.key.length === 0) warnings.push(...(await repeatWarning(connection, columns, good)));
  if (quarantined > read / 2) warnings.push('More than half of the rows are quarantined: is this the right layout?');
  await connection.run('drop table problem');
  return {
    read,
    loaded,
    quarantined,
    warnings,
    absent: file.match.absent,
    reasons: reasons.getRowsJS().map(([column, reason, count, line]) => ({
      column: column as string | null,
      reason: String(reason),
      rows: Number(count),
      firstLine: Number(line),
    })),
  };
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

function repeats(key: readonly string[], line: string): string {
  const columns = key.map((column) => `"${column}"`).join(', ');
  return `select line, ${quoted(key.at(-1)!)}, 'repeats the ' || ${quoted(key.join(', '))} || ' of line ' || first, null
from (select ${line} as line, min(${line}) over (partition by ${columns}) as first from checked where problems is null)
where line > first`;
}

// Two courses of two hours on one day are possible, an export joined with itself is likelier: told, and left to the supplier.
async function repeatWarning(connection: DuckDBConnection, columns: string, good: string): Promise<string[]> {
  const rows = await number(
    connection,
    `select count(*) - count(distinct hash(${columns})) from checked where ${good}`,
  );
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
  const counts = await connection.runAndReadAll(
    `select ${rules.map(({ count }) => count).join(', ')} from checked where ${good}`,
  );
  rules.forEach(({ column, reason }, i) => {
    const rows = Number(counts.getRowsJS()[0]?.[i] ?? 0);
    if (rows > 0) warnings.push(`“${column}” ${reason} in ${rows} row${rows === 1 ? '' : 's'}.`);
  });
  return warnings;
}

async function number(connection: DuckDBConnection, sql: string): Promise<number> {
  return Number((await connection.runAndReadAll(sql)).getRowsJS()[0]?.[0]);
}
