import { columnType, type Column, type Extract } from '../extracts/extract.ts';
import { quoted } from '../extracts/sql-text.ts';
import type { DateFormat, Layout } from '../layouts/layout.ts';
import { asideRow } from './aside.ts';
import type { Match } from './match.ts';

type Fault = { column: string; when: string; reason: string };

export interface TypingOptions {
  /** Columns of the source that each row keeps, with a comma at the end. */
  carried?: string;
  /** Whether the reader has made nulls of missing values already, and no value has spaces around. */
  nulls?: boolean;
}

/** What a layout writes where a value is missing. */
export function missingMarkers({ missing = [] }: Layout): string[] {
  return ['', ...missing];
}

/**
 * The SQL that types a file's text columns (`c0`, `c1`… of `source`) and judges them: one row out for each row in, with the extract's columns
 * typed, `problems`, null for a good row, else a list of {column_name, reason, value}, and `aside`, whether it was not meant to be a row. Rules live here once, whichever reader split the file.
 */
export function typedRows(match: Match, source: string, { carried = '', nulls = false }: TypingOptions = {}): string {
  const { extract, layout } = match;
  const texts = extract.columns.map((column) => `${textOf(column, match, nulls)} as ${text(column)}`);
  const typed = extract.columns.map((column) => `${typedValue(extract, column, layout)} as "${column.name}"`);
  const faults = [
    ...headerAgain(match),
    ...extract.columns.flatMap((column) => faultsOf(column, layout)),
    ...ruleFaults(extract),
  ];
  const bad = faults.map((fault) => `(${fault.when})`).join('\n or ') || 'false';
  const problems =
    faults.length > 0
      ? problemList(extract, faults)
      : 'null::struct(column_name varchar, reason varchar, "value" varchar)[]';
  return `
select ${carried}${extract.columns.map((column) => `"${column.name}"`).join(', ')}, problems, strange, case when problems is not null then ${asideRow(match)} else false end as aside
from (select *, case when coalesce(${bad}, false) then ${problems} end as problems, ${strangeWords(extract)} as strange
from (select *, ${typed.join(',\n  ')}
  from (select ${carried}${texts.join(',\n    ')} from ${nulls ? source : trimmed(match, source)})))`;
}

/** Values a rule only warns about, counted: SQL select list over the typed rows. */
export function warningCounts(extract: Extract): { reason: string; column: string; count: string }[] {
  return (extract.rules ?? [])
    .filter((rule) => rule.severity === 'warning')
    .map(({ column, reason, holds }) => ({ column, reason, count: `count(*) filter (where not (${holds}))` }));
}

const text = (column: Column) => `"${column.name} text"`;

function textOf(column: Column, { layout, positions }: Match, nulls: boolean): string {
  const position = positions[column.name];
  if (position === undefined) {
    const constant = layout.constants?.[column.name];
    return constant ? quoted(constant) : 'null::varchar';
  }
  const sent = layout.trims && !nulls ? `trimmed_c${position}` : `c${position}`;
  const codes = Object.entries(codeMap(column, layout));
  // One list: nullif within nullif is a CASE of a CASE, of which the engine plans twice as many with every marker.
  const missing = nulls ? [] : [`when ${sent} in (${missingMarkers(layout).map(quoted).join(', ')}) then null`];
  if (isNumber(column) && layout.trims) return asNumber(missing, sent, column, layout);
  if (column.pattern !== undefined && layout.trims) return asCode(missing, sent, column);
  if (codes.length === 0) return missing.length > 0 ? `case ${missing[0]} else ${sent} end` : sent;
  const ours = codes.filter(([theirs, ours]) => theirs === ours.toLowerCase()).map(([, ours]) => quoted(ours));
  const blank = codes.flatMap(([theirs, ours]) => (ours === '' ? [quoted(theirs)] : []));
  const named = codes.flatMap(([theirs, ours]) => (ours === '' ? [] : [`${quoted(theirs)}: ${quoted(ours)}`]));
  const cases = [
    ...missing,
    ...(ours.length > 0 ? [`when ${sent} in (${ours.join(', ')}) then ${sent}`] : []),
    ...(blank.length > 0 ? [`when lower(${sent}) in (${blank.join(', ')}) then null`] : []),
  ];
  // A map is looked up once; a CASE of as many branches takes five times as long.
  const looked = `coalesce(map {${named.join(', ')}}[lower(${sent})], ${sent})`;
  return `case ${cases.join(' ')} else ${named.length > 0 ? looked : sent} end`;
}

const isNumber = ({ kind }: Column) => kind === 'decimal' || kind === 'integer';

// 1,234.5 is one number; 1,23 is none, and stays as it is. Where columns are separated by semicolons because the comma is the decimal point, 1,23 is one
// and 1,234 may be either. Programs write +1, .6, 6.0E-01 and 0.59999999999999998: more decimals than a column has are rounded to them.
function asNumber(
  missing: readonly string[],
  sent: string,
  { kind, scale = 5 }: Column,
  { delimiter }: Layout,
): string {
  const comma =
    delimiter === ';'
      ? `regexp_full_match(${sent}, '-?[0-9]+,([0-9]{1,2}|[0-9]{4,})') then replace(${sent}, ',', '.')`
      : `regexp_full_match(${sent}, '-?[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?') then replace(${sent}, ',', '')`;
  const forms =
    kind === 'integer'
      ? '[+][0-9]{1,9}|[+]?[0-9]{1,9}[.]0+'
      : `[+]([0-9]{1,12}([.][0-9]{1,40})?)|[+]?[.][0-9]{1,40}|[0-9]{1,12}[.][0-9]{${scale + 1},40}|[0-9]([.][0-9]{1,20})?[eE][-+]?0?[0-9]`;
  const rounded = `round(coalesce(try_cast(${sent} as decimal(38, 20)), try_cast(${sent} as double)::decimal(38, 20)), ${scale})`;
  const odd = `length(${sent}) > ${scale + 2} or regexp_matches(${sent}, '^[+.]|[eE]|[.]0')`;
  const plain = `when (${odd}) and regexp_full_match(${sent}, '${forms}') then ${kind === 'integer' ? `regexp_extract(${sent}, '[0-9]+')` : `${rounded}::decimal(38, ${scale})::varchar`}`;
  return `case ${[...missing, `when contains(${sent}, ',') and ${comma}`, plain].join(' ')} else ${sent} end`;
}

// A spreadsheet marks a text by an apostrophe before it, and programs write the whole number 471 as 471.0. Codes of published lists are in capitals,
// however they are typed.
function asCode(missing: readonly string[], sent: string, { kind, pattern }: Column): string {
  const bare = `when starts_with(${sent}, '''') then ltrim(${sent}, '''')`;
  const capitals = `if(regexp_full_match(upper(${sent}), ${quoted(pattern!)}), upper(${sent}), ${sent})`;
  const whole = `if(ends_with(${sent}, '.0') and regexp_full_match(${sent}, '[0-9]+[.]0'), rtrim(rtrim(${sent}, '0'), '.'), ${sent})`;
  return `case ${[...missing, bare].join(' ')} else ${kind === 'reference' ? capitals : whole} end`;
}

/** The source with its columns without spaces around, each beside its own, where the layout drops them. Few values have any. */
function trimmed({ layout, positions }: Match, source: string): string {
  if (!layout.trims) return source;
  const columns = Object.values(positions).map((position) => {
    const sent = `c${position}`;
    return `case when starts_with(${sent}, ' ') or ends_with(${sent}, ' ') then trim(${sent}) else ${sent} end as trimmed_${sent}`;
  });
  return `(select *, ${columns.join(',\n      ')} from ${source})`;
}

// A supplier's own layout also takes our codes in any case; the contract takes them only as written.
function codeMap(column: Column, layout: Layout): Record<string, string> {
  const map = layout.codes?.[column.name] ?? {};
  if (layout.id === 'contract') return map;
  const own = column.kind === 'flag' ? ['Y', 'N'] : (column.codes ?? []);
  const ours = own.map((code) => [code.toLowerCase(), code]);
  return { ...Object.fromEntries(ours), ...map };
}

function typedValue(extract: Extract, column: Column, layout: Layout): string {
  const value = text(column);
  if (column.kind === 'flag') return `case ${value} when 'Y' then true when 'N' then false end`;
  if (column.kind === 'date') return parsedDate(value, formatsOf(column, layout));
  if (column.kind === 'text' || column.kind === 'reference') return value;
  return `try_cast(${value} as ${columnType(extract, column)})`;
}

/** The reason of a row that is the header once more. */
export const headerReason = 'is the header again';

/** What shows that a row is the header once more: the names of its first two columns, in their places. */
function headerAgain({ extract, header, positions }: Match): Fault[] {
  const named = extract.columns
    .filter(({ name }) => name in positions)
    .slice(0, 2)
    .map((column) => `${text(column)} = ${quoted(header[positions[column.name]!]!.replace(/^\uFEFF/, '').trim())}`);
  return named.length < 2
    ? []
    : [{ column: extract.columns[0]!.name, when: named.join(' and '), reason: headerReason }];
}

/** Words of lenient columns that their list does not have: a list of {column_name, value}, null for most rows. */
function strangeWords(extract: Extract): string {
  const lenient = extract.columns.filter((column) => column.lenient);
  if (lenient.length === 0) return 'null::struct(column_name varchar, "value" varchar)[]';
  const strange = (column: Column) => `${text(column)} is not null and "${column.name}" is null`;
  const structs = lenient.map(
    (column) => `case when ${strange(column)} then {column_name: '${column.name}', value: ${text(column)}} end`,
  );
  return `case when ${lenient.map((column) => `(${strange(column)})`).join(' or ')} then list_filter([${structs.join(', ')}], word -> word is not null) end`;
}

/** The forms in which a layout writes the dates of a column. */
export function formatsOf({ name }: Column, { dates }: Layout): readonly DateFormat[] {
  const formats = dates?.[name] ?? 'YYYY-MM-DD';
  return typeof formats === 'string' ? [formats] : formats;
}

/** How DuckDB reads a text as a date in one form, and how the date is written back. */
const forms: Record<DateFormat, { read: (text: string) => string; write: (date: string) => string }> = {
  'YYYY-MM-DD': { read: (text) => `try_cast(${text} as date)`, write: (date) => `${date}::varchar` },
  'YYYY-MM-DD 00:00:00': {
    read: (text) => `try_cast(left(${text}, 10) as date)`,
    write: (date) => `${date}::varchar || ' 00:00:00'`,
  },
  YYYYMMDD: strftime('%Y%m%d'),
  'DD/MM/YYYY': strftime('%d/%m/%Y'),
  'DD-MM-YYYY': strftime('%d-%m-%Y'),
  'DD-MON-YYYY': strftime('%d-%b-%Y'),
  YYYYMM: strftime('%Y%m', (date) => `last_day(${date})`),
  'Mon-YY': strftime('%b-%y', (date) => `last_day(${date})`),
  'DD-MON-YY': shortYear('%d-%b-'),
  'DD/MM/YY': shortYear('%d/%m/'),
  Excel: {
    read: (text) =>
      `date '1899-12-30' + case when regexp_full_match(${text}, '[1-9][0-9]{1,4}') and try_cast(${text} as integer) > 60 then try_cast(${text} as integer) end`,
    write: (date) => `(${date} - date '1899-12-30')::varchar`,
  },
};

function strftime(pattern: string, of = (date: string) => date) {
  return {
    read: (text: string) => of(`try_strptime(${text}, '${pattern}')::date`),
    write: (date: string) => `strftime(${date}, '${pattern}')`,
  };
}

// The latest year that is not after the next one: 27 is 2027 in 2026, and 65 is 1965.
function shortYear(pattern: string) {
  const inCentury = (text: string, century: string) =>
    `try_strptime(left(${text}, greatest(length(${text}) - 2, 0)) || '${century}' || right(${text}, 2), '${pattern}%Y')::date`;
  return {
    read: (text: string) =>
      `case when try_cast('20' || right(${text}, 2) as integer) <= year(current_date) + 1 then ${inCentury(text, '20')} else ${inCentury(text, '19')} end`,
    write: (date: string) => `strftime(${date}, '${pattern}%y')`,
  };
}

const months = 'JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC';
const restOfMonth = 'UARY|RUARY|CH|IL|E|Y|UST|T|TEMBER|OBER|EMBER';

// Databases write midnight with or without a T and with as many zeros as they like; people write 31.03.2026, 31st March 2026 and
// March 2026.
function asWritten(text: string, format: DateFormat): string {
  if (format === 'YYYY-MM-DD 00:00:00')
    return `regexp_replace(${text}, '^([0-9-]{10})[ T]00:00(:00([.]0+)?)?Z?$', '\\1 00:00:00')`;
  if (format === 'DD/MM/YYYY')
    return `regexp_replace(${text}, '^([0-9]{2})[./]([0-9]{2})[./]([0-9]{4})( 00:00(:00)?)?$', '\\1/\\2/\\3')`;
  if (format === 'Mon-YY')
    return `regexp_replace(upper(${text}), '^(${months})(${restOfMonth})?[- ][0-9]{2}([0-9]{2})$', '\\1-\\3')`;
  if (format === 'DD-MON-YYYY')
    return `regexp_replace(regexp_replace(upper(${text}), '^([0-9]{1,2})(?:ST|ND|RD|TH)?[- ](${months})(${restOfMonth})?[- ]([0-9]{4})$', '\\1-\\2-\\4'), '^([0-9])-', '0\\1-')`;
  if (format === 'YYYYMM') return `regexp_replace(${text}, '^([0-9]{4})-([0-9]{2})$', '\\1\\2')`;
  return format.includes('MON') ? `upper(${text})` : text;
}

// The date written back must be the text that was read: this alone refuses 2026-3-1, 31/02 and anything a parser would forgive.
function dateAs(text: string, format: DateFormat): string {
  const { read, write } = forms[format];
  const written = asWritten(text, format);
  const back = /MON/i.test(format) ? `upper(${write('d')})` : write('d');
  return `list_filter([${read(written)}], lambda d: ${back} = ${written})[1]`;
}

/** SQL that writes a date in the first of the forms that the layout has for the column: how a typed date comes to be read like a text. */
export function writtenDate(column: Column, layout: Layout, date: string): string {
  return forms[formatsOf(column, layout)[0]!].write(date);
}

function parsedDate(text: string, formats: readonly DateFormat[]): string {
  const [only] = formats;
  if (formats.length === 1 && only === 'YYYY-MM-DD') return forms[only].read(text);
  const read = formats.map((format) => dateAs(text, format));
  return read.length === 1 ? read[0]! : `coalesce(${read.join(', ')})`;
}

function faultsOf(column: Column, layout: Layout): Fault[] {
  const value = `"${column.name}"`;
  const faults: { when: string; reason: string }[] = [];
  if (column.filled) faults.push({ when: `${text(column)} is null`, reason: 'is blank' });
  if (column.pattern !== undefined) {
    faults.push({
      when: `not regexp_full_match(${text(column)}, ${quoted(column.pattern)})`,
      reason: column.kind === 'reference' ? `has the wrong form, where ${column.example} is one` : 'has the wrong form',
    });
  }
  if (column.kind === 'code' && !column.lenient) {
    faults.push({ when: `${text(column)} is not null and ${value} is null`, reason: 'is not in the code list' });
  }
  if (column.kind === 'flag' && !column.lenient)
    faults.push({ when: `${text(column)} not in ('Y', 'N')`, reason: 'is not Y or N' });
  if (column.kind === 'date') faults.push(...dateFaults(column, formatsOf(column, layout)));
  if (column.kind === 'decimal' || column.kind === 'integer') faults.push(...numberFaults(column));
  return faults.map((fault) => ({ column: column.name, ...fault }));
}

function dateFaults(column: Column, formats: readonly DateFormat[]): { when: string; reason: string }[] {
  const value = `"${column.name}"`;
  const plain = formats.length === 1 && formats[0] === 'YYYY-MM-DD';
  const short = '[0-9]{1,2}[-/. ]([0-9]{1,2}|[A-Za-z]{3,9})[-/. ][0-9]{2}( [0-9:]+)?|[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}';
  const same = plain ? ` or ${value}::varchar <> ${text(column)}` : '';
  const faults = [
    {
      when: `${text(column)} is not null and ${value} is null and regexp_full_match(${text(column)}, '${short}')`,
      reason: 'has a two-digit year: write all four, or declare DD-MON-YY or DD/MM/YY in the layout',
    },
    {
      when: `${text(column)} is not null and ${value} is null and regexp_full_match(${text(column)}, '[1-5][0-9]{4}([.]0+)?')`,
      reason: 'is a day number of a spreadsheet: format the column as a date, or declare Excel in the layout',
    },
    {
      when: `${text(column)} is not null and (${value} is null${same})`,
      reason: `is not a date as ${formats
        .map((format) => (format === 'Excel' ? 'an Excel day number' : format))
        .join(', ')
        .replace(/, ([^,]*)$/, ' or $1')}`,
    },
    { when: `${value} < date '1900-01-01' or ${value} > date '2100-12-31'`, reason: 'is not between 1900 and 2100' },
  ];
  if (column.monthEnd)
    faults.push(
      {
        when: `day(${value}) = 1`,
        reason: 'is the first day of a month: give the last, on which the people were counted',
      },
      { when: `${value} <> last_day(${value})`, reason: 'is not the last day of a month' },
    );
  return faults;
}

function numberFaults(column: Column): { when: string; reason: string }[] {
  const sign = (column.minimum ?? -1) < 0 ? '-?' : '';
  const form = column.kind === 'integer' ? '[0-9]{1,9}' : `[0-9]{1,12}(\\.[0-9]{1,${column.scale ?? 5}}0*)?`;
  const plain =
    column.kind === 'integer' ? 'a whole number in digits' : `a number with at most ${column.scale ?? 5} decimals`;
  const faults = [
    {
      when: `ends_with(${text(column)}, '%')`,
      reason: 'is a percentage: give the number itself, 0.6 for 60 %',
    },
    { when: `regexp_matches(${text(column)}, '[£$€]')`, reason: 'has a currency sign: give the number alone' },
    {
      when: `not regexp_full_match(${text(column)}, '${sign}${form}')`,
      reason: `is not ${plain}`,
    },
    {
      when: `${text(column)} is not null and "${column.name}" is null`,
      reason: column.maximum === undefined ? 'is too large' : `is above ${column.maximum}`,
    },
  ];
  if (column.minimum !== undefined)
    faults.push({ when: `"${column.name}" < ${column.minimum}`, reason: `is below ${column.minimum}` });
  if (column.maximum !== undefined)
    faults.push({ when: `"${column.name}" > ${column.maximum}`, reason: `is above ${column.maximum}` });
  return faults;
}

function ruleFaults(extract: Extract): Fault[] {
  return (extract.rules ?? [])
    .filter((rule) => rule.severity === 'quarantine')
    .map(({ column, holds, reason }) => ({ column, reason, when: `not (${holds})` }));
}

// One problem a column: the first of its faults.
function problemList(extract: Extract, faults: Fault[]): string {
  const structs = extract.columns
    .map((column) => ({ column, own: faults.filter((fault) => fault.column === column.name) }))
    .filter(({ own }) => own.length > 0)
    .map(({ column, own }) => {
      const reasons = own.map((fault) => `when ${fault.when} then ${quoted(fault.reason)}`).join(' ');
      return `{column_name: '${column.name}', reason: case ${reasons} end, value: left(${text(column)}, 1000)}`;
    });
  return `list_filter([${structs.join(',\n    ')}], problem -> problem.reason is not null)`;
}
