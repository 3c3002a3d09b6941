import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { nearest } from '@ahp/sql/nearest';
import type { Column } from '../extracts/extract.ts';
import type { ReceivedFile } from '../steps/receive.ts';
import { ExtractRefusal } from './extract-refusal.ts';

/** Rows of one organisation with words that the list does not have, and their share of its rows, from which the file is refused. */
const limits = { rows: 5, share: 0.1 };
/** Words that are named; a column with more is none of words. */
const few = 12;

interface Strange {
  name: string;
  rows: number;
  first: number;
  words: string[];
  counts: number[];
  distinct: number;
  personal: boolean;
}

/**
 * Tells of words in optional characteristics that no list has, a sentence each: their rows count as not recorded. Throws ExtractRefusal `words`
 * when they are a tenth of the rows of an organisation or of the file: then it is the coding that is not known, and not a slip. `rows` is the SQL of the good rows, with their line as `line_of`.
 */
export async function strangeWords(connection: DuckDBConnection, file: ReceivedFile, rows: string): Promise<string[]> {
  const { extract, positions } = file.match;
  if (!extract.columns.some(({ lenient, name }) => lenient && name in positions)) return [];
  const found = await rowsOf<Strange>(
    connection,
    `with word as (select word.column_name as name, word.value as word, line from (select unnest(strange) as word, line_of as line from ${rows} where strange is not null)),
     counted as (select name, word, count(*)::integer as n, min(line)::integer as first from word group by name, word)
     select name, sum(n)::integer as rows, min(first)::integer as first, (list(word order by n desc, word))[:${few}] as words, (list(n order by n desc, word))[:${few}] as counts,
       count(*)::integer as distinct, bool_or(length(word) > 60 or regexp_matches(word, '[0-9]{6}|@')) as personal
     from counted group by name order by name`,
  );
  if (found.length === 0) return [];
  await refuseOtherCoding(connection, file, found, rows);
  return found.map(
    (one) =>
      `“${one.name}” has words that are not in its list in ${counted(one.rows)}, counted as not recorded: ${wordsOf(file, one)} (first on line ${one.first}).`,
  );
}

async function refuseOtherCoding(
  connection: DuckDBConnection,
  file: ReceivedFile,
  found: readonly Strange[],
  rows: string,
): Promise<void> {
  const { extract } = file.match;
  const organisation = extract.columns.some(({ name }) => name === 'organisation_code') ? 'organisation_code' : `''`;
  const [most] = await rowsOf<{ name: string; organisation: string; n: number; of: number }>(
    connection,
    `with sent as (select ${organisation} as organisation, strange from ${rows}),
     row as (from sent union all select '', strange from sent where organisation <> ''),
     size as (select organisation, count(*)::integer as of from row group by all),
     strange as (select organisation, unnest(strange).column_name as name from row where strange is not null)
     select name, organisation, count(*)::integer as n, any_value(of) as of from strange join size using (organisation)
     group by name, organisation having n >= ${limits.rows} and n > ${limits.share} * any_value(of) order by organisation = '', n desc, name, organisation limit 1`,
  );
  if (most === undefined) return;
  const one = found.find(({ name }) => name === most.name)!;
  const where = most.organisation === '' ? '' : ` of ${most.organisation}`;
  throw new ExtractRefusal(
    'words',
    file.name,
    `“${one.name}” has words that are not in its list in ${most.n.toLocaleString('en-GB')} of the ${counted(most.of)}${where}: ${wordsOf(file, one)}.`,
    `Say in a layout what they mean, under "codes": {"${one.name}": …}; a word that means “not recorded” leads to "".`,
    { line: one.first, column: one.name },
  );
}

const counted = (rows: number) => `${rows.toLocaleString('en-GB')} row${rows === 1 ? '' : 's'}`;

function wordsOf(file: ReceivedFile, { name, words, counts, distinct, personal }: Strange): string {
  if (personal || distinct > few)
    return `${distinct.toLocaleString('en-GB')} different ones, which may tell of people and are not shown`;
  const column = file.match.extract.columns.find((one) => one.name === name)!;
  return words.map((word, at) => `“${word}” ${counts[at]!.toLocaleString('en-GB')}${meant(column, word)}`).join(', ');
}

/** The code that a word was most likely meant for: `: is it “female”?`, or nothing. */
export function meant({ codes, kind }: Column, word: string): string {
  const code = nearest(word.toLowerCase(), kind === 'flag' ? ['Y', 'N'] : (codes ?? []));
  return code === undefined ? '' : ` (is it “${code}”?)`;
}
