import { layouts } from '../layouts/index.ts';
import type { Column, Extract } from './extract.ts';
import { extracts, suppliedExtracts } from './index.ts';

/** The page of `etl/contracts/README.md`: every extract with its columns, rules and layouts, as Markdown. */
export function contractsPage(): string {
  const supplied = new Set(suppliedExtracts);
  return `# What the files hold

Generated from \`etl/src/extracts\` and \`etl/src/layouts\`; the \`.json\` files beside it are Frictionless Table Schemas of the same.

Files are CSV in UTF-8 (\`.csv\` or \`.csv.gz\`) or Parquet, recognised by their header, never by their name. Letter case, order, spaces, underscores and
hyphens of header names make no difference. A missing required column, an undeclared column, a name that occurs twice or a direct identifier
(NHS or CHI number, National Insurance number, name, e-mail, telephone, full postcode, date of birth, HCPC or staff number) refuses the file.
The last line must end. A value that breaks a rule quarantines its row, with file, line, column and reason; nothing is guessed, rounded or trimmed in
files in our own words. A blank is “not recorded”. A file \`NAME.sha256\` beside a file is compared with it.

## Extracts that suppliers send

${suppliedExtracts.map(section).join('\n')}
## Official publications

${extracts
  .filter((extract) => !supplied.has(extract))
  .map(section)
  .join('\n')}
## Layouts

A layout maps a supplier’s names and codes to an extract; one file in \`etl/src/layouts\` adds a supplier.

| layout | extract | about |
|---|---|---|
${layouts.map(({ id, extract, title }) => `| ${id} | ${extract} | ${title} |`).join('\n')}
`;
}

function section(extract: Extract): string {
  const { title, name, meaning, grain, key, columns, rules = [] } = extract;
  const quasi = columns.filter(({ quasiIdentifier }) => quasiIdentifier).map((column) => `\`${column.name}\``);
  return `### ${title} (\`${name}\`)

${meaning} ${grain[0]!.toUpperCase()}${grain.slice(1)}.${key.length > 0 ? ` Unique by ${key.join(', ')}.` : ''}

| column | what | values | column needed | may be blank | example |
|---|---|---|---|---|---|
${columns.map(row).join('\n')}
${rules.length > 0 ? `\n${rules.map(({ column, reason, severity }) => `- ${severity === 'warning' ? 'Warns' : 'Quarantines the row'} when \`${column}\` ${reason}.`).join('\n')}\n` : ''}${quasi.length > 0 ? `\nQuasi-identifiers, by which it is counted how far people stand out: ${quasi.join(', ')}.\n` : ''}`;
}

function row(column: Column): string {
  const cells = [
    `\`${column.name}\``,
    column.meaning,
    valuesOf(column),
    column.required ? 'yes' : 'no',
    column.filled ? 'no' : 'yes',
    column.example,
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function valuesOf(column: Column): string {
  switch (column.kind) {
    case 'code':
      return (column.codes ?? []).join(', ');
    case 'flag':
      return 'Y, N';
    case 'date':
      return column.monthEnd ? 'date, a month end' : 'date';
    case 'integer':
    case 'decimal':
      return `${column.kind === 'integer' ? 'whole number' : `number, ${column.scale ?? 5} decimals at most`}${range(column)}`;
    default:
      return `text: \`${column.pattern ?? '.*'}\``;
  }
}

function range({ minimum, maximum }: Column): string {
  if (minimum !== undefined && maximum !== undefined) return `, ${minimum} to ${maximum}`;
  return minimum !== undefined ? `, from ${minimum}` : '';
}
