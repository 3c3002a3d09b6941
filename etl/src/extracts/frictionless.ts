import type { DateFormat, Layout } from '../layouts/layout.ts';
import type { Column, Extract } from './extract.ts';

type Written = Pick<Layout, 'headers' | 'dates' | 'codes' | 'missing'>;

/**
 * A Frictionless Table Schema of an extract (https://specs.frictionlessdata.io/table-schema/), as JSON text with a final newline. It describes
 * files in our own words (layout “contract”); published extracts are described as their publisher writes them, by the `layout`. It accepts all that
 * a build accepts. What it cannot say, and a build refuses: ends of months, more decimals than a column has, and rules of several columns.
 */
export function frictionlessSchema(extract: Extract, layout: Written = {}): string {
  const schema = {
    $schema: 'https://specs.frictionlessdata.io/schemas/table-schema.json',
    name: extract.name,
    title: extract.title,
    description: `${extract.meaning} ${capital(extract.grain)}.`,
    fields: extract.columns.map((column) => field(column, layout)),
    // A file may leave optional columns out, and has no others.
    fieldsMatch: 'superset',
    missingValues: ['', ...(layout.missing ?? [])],
    ...(extract.key.length > 0 ? { primaryKey: extract.key } : {}),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function field(column: Column, layout: Written): Record<string, unknown> {
  return {
    name: column.name,
    title: capital(column.name.replaceAll('_', ' ')),
    description: column.meaning,
    ...typeOf(column, layout),
    example: column.example,
    constraints: constraintsOf(column, layout),
  };
}

/** Forms of dates as the schema writes them; others are described as texts. */
const dateForms: Partial<Record<DateFormat, string>> = {
  'YYYY-MM-DD': 'default',
  'DD/MM/YYYY': '%d/%m/%Y',
  'Mon-YY': '%b-%y',
};

function dateForm({ name }: Column, { dates }: Written): string | undefined {
  const forms = dates?.[name] ?? 'YYYY-MM-DD';
  return typeof forms === 'string' ? dateForms[forms] : undefined;
}

/** Codes that a file may have in other words or other case than ours. */
const open = ({ name, lenient }: Column, { codes }: Written) => lenient || codes?.[name] !== undefined;

function typeOf(column: Column, layout: Written): Record<string, unknown> {
  switch (column.kind) {
    case 'date': {
      const format = dateForm(column, layout);
      return format === undefined ? { type: 'string' } : { type: 'date', format };
    }
    case 'decimal':
      return { type: 'number', bareNumber: true };
    case 'integer':
      return { type: 'integer' };
    case 'flag':
      if (column.lenient) return { type: 'string', categories: ['Y', 'N'] };
      return { type: 'boolean', trueValues: ['Y'], falseValues: ['N'] };
    default:
      // A word that the list does not have counts as not recorded: the list describes, and does not refuse.
      return { type: 'string', ...(column.lenient && column.codes ? { categories: column.codes } : {}) };
  }
}

function constraintsOf(column: Column, layout: Written): Record<string, unknown> {
  const { filled, kind, codes, pattern, minimum, maximum } = column;
  const isDay = kind === 'date' && dateForm(column, layout) === 'default';
  return {
    required: filled ?? false,
    ...(codes && !open(column, layout) ? { enum: codes } : {}),
    ...(pattern ? { pattern: `^(?:${pattern})$` } : {}),
    ...(isDay ? { minimum: '1900-01-01', maximum: '2100-12-31' } : {}),
    ...(minimum !== undefined ? { minimum } : {}),
    ...(maximum !== undefined ? { maximum } : {}),
  };
}

const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);
