import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import type { Extract } from '../extracts/extract.ts';
import { pseudonym } from '../extracts/shapes.ts';
import { quoted } from '../extracts/sql-text.ts';
import { ExtractRefusal } from '../reading/extract-refusal.ts';

/** Posts that one person can hold in one month, as read from one file: a handful. */
const handful = 5;

/** Words that stand for nobody, in lower case, and what a spreadsheet writes for an error. */
const nobody = [
  ...['null', '(null)', '<null>', 'nil', 'none', 'na', 'n/a', 'n.a.', 'n.a', 'n/k', 'nan', 'nat', 'undefined'],
  ...[
    'unknown',
    'unk',
    'not known',
    'not_known',
    'notknown',
    'not recorded',
    'not_recorded',
    'not stated',
    'not applicable',
  ],
  ...[
    'missing',
    'blank',
    'empty',
    'tbc',
    'tbd',
    'test',
    'dummy',
    'anon',
    'anonymous',
    'redacted',
    'removed',
    'withheld',
  ],
  ...['vacant', 'vacancy', 'error', 'default', '-', '--', '---', '.', '..', '?', '??', '*', '_'],
  ...['#n/a', '#ref!', '#value!', '#name?', '#null!', '#num!', '#div/0!', '#spill!', '#calc!'],
];

const month = 'jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec';
const repeated = [...'123456789x'].map((one) => `${one}{3,64}`).join('|');

/** The forms of a value that is no pseudonym, in the order in which they are tried; each is matched by the whole value, in lower case. */
const forms = {
  scientific: String.raw`[0-9]([.][0-9]+)?e[+-][0-9]{1,3}|[0-9][.][0-9]+e[0-9]{1,3}`,
  date: `[0-9]{1,2}[-/](${month})([-/]([0-9]{2}){1,2})?|(${month})[-/]([0-9]{2}){1,2}`,
  narrow: '#{2,}',
  zeros: '[+-]?0+([.,]0+)?',
  cut: '[1-9][0-9]{14}0+',
  repeated,
} as const;
type Form = keyof typeof forms | 'nobody';

/** What is wrong with values of a form, and what to do. */
const told: Record<Form, { holds: string; remedy: string }> = {
  scientific: {
    holds: 'numbers in scientific notation, as a spreadsheet rewrites long ones',
    remedy:
      'Export the pseudonyms as text, straight from the source and not through a spreadsheet, and send the file again.',
  },
  date: {
    holds: 'dates, as a spreadsheet makes them of codes like 3-4',
    remedy:
      'Export the pseudonyms as text, straight from the source and not through a spreadsheet, and send the file again.',
  },
  narrow: {
    holds: 'only #, as a narrow column of a spreadsheet shows',
    remedy: 'Export the values, not what is shown of them.',
  },
  cut: {
    holds: 'numbers of more than 15 digits that all end in zeros, as a spreadsheet cuts them',
    remedy:
      'Export the pseudonyms as text, straight from the source and not through a spreadsheet, and send the file again.',
  },
  zeros: {
    holds: 'zeros, which stand for nobody',
    remedy: 'Give each person a pseudonym of their own, or leave the rows out and say so.',
  },
  repeated: {
    holds: 'one sign over and over, which stands for nobody',
    remedy: 'Give each person a pseudonym of their own, or leave the rows out and say so.',
  },
  nobody: {
    holds: 'words that stand for nobody',
    remedy: 'Give each person a pseudonym of their own, or leave the rows out and say so.',
  },
};

/**
 * Refuses a file whose pseudonyms cannot be those of single people: a spreadsheet rewrote them, or they stand for nobody. Many people would
 * become one. Names the form and the lines; a value only where it is a word that stands for nobody. `line` is the SQL of a row's line in `checked`.
 */
export async function refusePseudonyms(
  connection: DuckDBConnection,
  file: string,
  extract: Extract,
  line: string,
): Promise<void> {
  for (const { name } of extract.columns.filter(({ pattern }) => pattern === pseudonym)) {
    const found: Suspect[] = [];
    for (const one of await suspects(connection, name, line))
      if (await isBelieved(connection, extract, name, one)) found.push(one);
    if (found.length > 0) throw refusal(file, name, found);
  }
  if (extract.name === 'workforce') await refuseManyPosts(connection, file, line);
}

interface Suspect {
  form: Form;
  rows: number;
  lines: number[];
  values: string[];
}

async function suspects(connection: DuckDBConnection, column: string, line: string): Promise<Suspect[]> {
  const pattern = Object.values(forms).join('|');
  const words = `[${nobody.map(quoted).join(', ')}]`;
  const cases = Object.entries(forms).map(
    ([form, one]) => `when regexp_full_match(value, ${quoted(one)}) then '${form}'`,
  );
  const rows = await rowsOf<{ form: Form; n: number; lines: bigint[]; words: string[] }>(
    connection,
    `with sent as (
       select ${line} as line, lower(trim("${column}")) as value from checked where "${column}" is not null
     ), suspect as (
       select line, value, case ${cases.join(' ')} else 'nobody' end as form from sent
       where regexp_full_match(value, ${quoted(pattern)}) or list_contains(${words}, value)
     )
     select form, count(*)::integer as n, list_sort(min(line, 5)) as lines, list_sort(list(distinct value))[:5] as words from suspect group by form`,
  );
  const order = [...Object.keys(forms), 'nobody'];
  return rows
    .map(({ form, n, lines, words }) => ({ form, rows: n, lines: lines.map(Number), values: words }))
    .sort((a, b) => order.indexOf(a.form) - order.indexOf(b.form));
}

async function isBelieved(
  connection: DuckDBConnection,
  extract: Extract,
  column: string,
  found: Suspect,
): Promise<boolean> {
  // A post may have no name of its own where a person has one only.
  if (column !== 'person_id' && ['zeros', 'repeated', 'nobody'].includes(found.form)) return false;
  if (found.form === 'repeated') return standsForNobody(connection, extract, column, found);
  return found.form !== 'cut' || allCut(connection, column, found);
}

/** A number of one digit over and over is as good as any in a sequence; not where it has several posts in a month, or is long. */
async function standsForNobody(connection: DuckDBConnection, extract: Extract, column: string, found: Suspect) {
  if (found.values.some((value) => value.length >= 8)) return true;
  const value = `lower(trim("${column}"))`;
  const by = extract.name === 'workforce' ? ', period_end' : '';
  const [counted] = await rowsOf<{ most: number; usual: number }>(
    connection,
    `with held as (select ${value} as value, count(*) as n from checked where "${column}" is not null group by 1${by})
     select coalesce(max(n) filter (where regexp_full_match(value, ${quoted(repeated)})), 0)::double as most, coalesce(avg(n), 0)::double as usual from held`,
  );
  return counted!.most >= 3 && (extract.name !== 'training' || counted!.most > 5 * counted!.usual);
}

async function allCut(connection: DuckDBConnection, column: string, found: Suspect): Promise<boolean> {
  const [counted] = await rowsOf<{ n: number }>(
    connection,
    `select count(*)::integer as n from checked where regexp_full_match("${column}", '[0-9]{16,}')`,
  );
  return found.rows >= 5 && counted!.n === found.rows;
}

function refusal(file: string, column: string, found: readonly Suspect[]): ExtractRefusal {
  const each = found.map(({ form, rows, lines, values }) => {
    const named = form === 'nobody' ? ` (${values.map((value) => `“${value}”`).join(', ')})` : '';
    const where = `line ${lines.join(', ')}${rows > lines.length ? ', …' : ''}`;
    return `${told[form].holds}${named} in ${rows.toLocaleString('en-GB')} row${rows === 1 ? '' : 's'} (${where})`;
  });
  return new ExtractRefusal(
    'pseudonyms',
    file,
    `“${column}” holds ${each.join('; ')}. Many people would be counted as one.`,
    told[found[0]!.form].remedy,
    { line: Math.min(...found.flatMap(({ lines }) => lines)), column },
  );
}

async function refuseManyPosts(connection: DuckDBConnection, file: string, line: string): Promise<void> {
  const [found] = await rowsOf<{ people: number; most: number; line: number; month: string }>(
    connection,
    `with held as (
       select count(*) as n, min(${line}) as line, period_end from checked
       where problems is null and person_id is not null group by person_id, period_end having count(*) > ${handful}
     )
     select count(*)::integer as people, max(n)::integer as most, arg_max(line, n)::integer as line, strftime(arg_max(period_end, n), '%B %Y') as month
     from held having count(*) > 0`,
  );
  if (found === undefined) return;
  const { people, most, month } = found;
  throw new ExtractRefusal(
    'pseudonyms',
    file,
    `${people === 1 ? '1 person holds' : `${people.toLocaleString('en-GB')} people hold`} more than ${handful} posts in one month (${most.toLocaleString('en-GB')} in ${month}): several people may share a pseudonym.`,
    'Give each person a pseudonym of their own. If somebody truly holds so many posts, send those that are alike as one row with their FTE added up.',
    { line: found.line, column: 'person_id' },
  );
}
