import type { Column, Extract } from './extract.ts';

/**
 * A Frictionless Table Schema of an extract (https://specs.frictionlessdata.io/table-schema/), as JSON text with a final newline. It describes
 * files in our own words (layout “contract”); published extracts are described as their publisher writes them.
 */
export function frictionlessSchema(extract: Extract): string {
  const schema = {
    $schema: 'https://specs.frictionlessdata.io/schemas/table-schema.json',
    name: extract.name,
    title: extract.title,
    description: `${extract.meaning} ${capital(extract.grain)}.`,
    fields: extract.columns.map(field),
    // A file may leave optional columns out, and has no others.
    fieldsMatch: 'superset',
    missingValues: [''],
    ...(extract.key.length > 0 ? { primaryKey: extract.key } : {}),
  };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

function field(column: Column): Record<string, unknown> {
  return {
    name: column.name,
    title: capital(column.name.replaceAll('_', ' ')),
    description: column.meaning,
    ...typeOf(column),
    example: column.example,
    constraints: constraintsOf(column),
  };
}

function typeOf(column: Column): Record<string, unknown> {
  switch (column.kind) {
    case 'date':
      return { type: 'date', format: 'default' };
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

function constraintsOf({ filled, codes, lenient, pattern, minimum, maximum }: Column): Record<string, unknown> {
  return {
    required: filled ?? false,
    ...(codes && !lenient ? { enum: codes } : {}),
    ...(pattern ? { pattern: `^(?:${pattern})$` } : {}),
    ...(minimum !== undefined ? { minimum } : {}),
    ...(maximum !== undefined ? { maximum } : {}),
  };
}

const capital = (text: string) => text[0]!.toUpperCase() + text.slice(1);
