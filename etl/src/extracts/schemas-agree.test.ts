import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { checking } from '../../test/checking.ts';
import type { Column, Extract } from './extract.ts';
import { extracts, suppliedExtracts } from './index.ts';

const { write, load, all, close } = await checking();
afterAll(close);

interface Field {
  name: string;
  type: string;
  format?: string;
  trueValues?: string[];
  falseValues?: string[];
  constraints: {
    required?: boolean;
    enum?: string[];
    pattern?: string;
    minimum?: number | string;
    maximum?: number | string;
  };
}
type Schema = { fields: Field[]; missingValues: string[] };

const schemaOf = ({ name }: Extract): Schema =>
  JSON.parse(readFileSync(new URL(`../../contracts/${name}.json`, import.meta.url), 'utf8')) as Schema;
const pad = (part: string) => part.padStart(2, '0');
const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';

/** A day as YYYY-MM-DD by the format of a field, or null. */
function dayOf(value: string, format: string): string | null {
  const forms: Record<string, () => string | undefined> = {
    default: () => /^\d{4}-\d{2}-\d{2}$/.exec(value)?.[0],
    '%d/%m/%Y': () => /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(value)?.slice(1).reverse().join('-'),
    '%b-%y': () => {
      const [, name, year] = /^([A-Z][a-z]{2})-(\d{2})$/.exec(value) ?? [];
      const at = name === undefined ? -1 : months.indexOf(name);
      return at < 0 ? undefined : `20${year}-${pad(String(at / 3 + 1))}-01`;
    },
  };
  const day = forms[format]!();
  return day !== undefined && new Date(`${day}T00:00Z`).toJSON()?.startsWith(day) ? day : null;
}

/** Whether a Table Schema takes a value, by the specification of Frictionless Data. */
function takes(field: Field, value: string, missing: readonly string[]): boolean {
  const { required, enum: list, pattern, minimum, maximum } = field.constraints;
  if (missing.includes(value)) return !required;
  if (list && !list.includes(value)) return false;
  if (pattern && !new RegExp(pattern, 'u').test(value)) return false;
  const within = <T extends number | string>(one: T) =>
    (minimum === undefined || one >= minimum) && (maximum === undefined || one <= maximum);
  if (field.type === 'boolean') return [...field.trueValues!, ...field.falseValues!].includes(value);
  if (field.type === 'date') {
    const day = dayOf(value, field.format!);
    return day !== null && within(day);
  }
  if (field.type === 'integer') return /^[-+]?\d+$/.test(value) && within(Number(value));
  if (field.type === 'number') return /^[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?$/.test(value) && within(Number(value));
  return true;
}

const texts = ['', 'x', 'a b', 'é', 'RJ1', 'rj1', 'S9E', 'A'];
const numbers = ['-1', '0', '1', '2', '2.5', '0.8', '100', '1000000', '0.123456', '1,5', 'many'];
const days = ['2026-03-31', '2026-03-30', '2026-02-30', '31/03/2026', '1899-12-31', '2101-01-31', 'soon'];
const words = ['', 'Y', 'N', 'y', 'yes', 'unheard of'];

function valuesFor({ kind, codes = [], example }: Column): string[] {
  const own = {
    text: texts,
    reference: texts,
    code: [...codes, ...words],
    flag: words,
    date: days,
    decimal: numbers,
    integer: numbers,
  };
  return [...new Set([example, '', ...own[kind]])];
}

/** A row for each value of each column, the other columns as in the example; every person is another one. */
function rowsOf(extract: Extract): { column: Column; row: string[] }[] {
  return extract.columns
    .flatMap((column, at) =>
      valuesFor(column).map((value) => ({
        column,
        row: extract.columns.map(({ example }) => example).with(at, value),
      })),
    )
    .map(({ column, row }, n) => ({
      column,
      row: row.map((value, i) =>
        ['person_id', 'assignment_id'].includes(extract.columns[i]!.name) && extract.columns[i] !== column
          ? `P${n}`
          : value,
      ),
    }));
}

const quoted = (value: string) => (/[",]/.test(value) ? `"${value}"` : value);
/** What a schema cannot say: decimals, ends of months, rules of several columns, rows that come again. */
const unsayable = /decimals|day of a month|month|repeats|later|before|after|is not a whole number|is too large/;

test.each(suppliedExtracts.map((extract) => [extract.name, extract] as const))(
  'the published schema of %s accepts what is accepted, and refuses what is refused',
  async (_, extract) => {
    const schema = schemaOf(extract);
    const sent = rowsOf(extract);
    const header = extract.columns.map(({ name }) => name);
    await load(
      write(
        'sent.csv',
        [header, ...sent.map(({ row }) => row)].map((row) => `${row.map(quoted).join(',')}\n`).join(''),
      ),
    );
    const refused = await all('select line, column_name, reason from quarantine');
    const reasons = Map.groupBy(refused, ([line]) => Number(line));
    const unlike = sent.flatMap(({ column, row }, n) => {
      const bySchema = schema.fields.every((field, i) => takes(field, row[i]!, schema.missingValues));
      const why = (reasons.get(n + 2) ?? [])
        .map(([, , reason]) => String(reason))
        .filter((reason) => !/^repeats/.test(reason));
      const bySay =
        why.length > 0 &&
        why.every((reason) => unsayable.test(reason) || extract.rules?.some((rule) => rule.reason === reason));
      return (why.length === 0) === bySchema || (bySchema && bySay)
        ? []
        : [{ column: column.name, value: row[header.indexOf(column.name)], bySchema, why }];
    });
    expect(unlike).toEqual([]);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(sent.length * 2);
  },
);

test.each(extracts.map((extract) => [extract.name, extract] as const))(
  'the published schema of %s accepts its own example',
  (_, extract) => {
    const { fields, missingValues } = schemaOf(extract);
    const refused = fields.filter((field, at) => !takes(field, extract.columns[at]!.example, missingValues));
    expect(refused.map(({ name }) => name)).toEqual([]);
  },
);
