import type { Answered } from '../query/context.ts';
import type { Cell, FileTable } from './file-table.ts';
import { citationOf, filtersOf, licenceOf, protectionOf, versionsOf, type Provenance } from './provenance.ts';
import { cutOf } from './readme.ts';
import { symbols } from './shorthand.ts';

/** A sheet of a workbook: lines of text, then one table at most, from column A on. */
export interface Sheet {
  name: string;
  /** Lines above the table; the first is the title of the sheet. */
  lines: readonly string[];
  table: FileTable | null;
}

/**
 * The sheets of a workbook as the Analysis Function asks for them: a cover, contents, notes, then one table to a sheet, each marked as a table, without
 * merged cells, blank rows or hidden columns (https://analysisfunction.civilservice.gov.uk/policy-store/releasing-statistics-in-spreadsheets/).
 */
export function sheetsOf(tables: readonly FileTable[], answered: readonly Answered[], provenance: Provenance): Sheet[] {
  const numbered = tables.map((table, i) => ({
    ...table,
    name: `Table_${i + 1}`,
    title: `Table ${i + 1}: ${table.title}`,
  }));
  const data = numbered.map((table, i): Sheet => {
    const from = answered.find(({ name }) => name === tables[i]!.name);
    return {
      name: table.name,
      lines: [
        table.title,
        'This worksheet contains one table. Notes and symbols are on the worksheet Notes.',
        ...(from ? [`Filters: ${filtersOf(from) || 'none'}. ${cutOf(from)}`, protectionOf(from)] : []),
        `Source: ${citationOf(provenance)}`,
      ],
      table,
    };
  });
  return [
    {
      name: 'Cover',
      lines: [
        'AHP support workforce',
        `Release ${versionsOf(provenance)}${provenance.releases.some(({ synthetic }) => synthetic) ? ', made-up data' : ''}`,
        `Figures for: ${provenance.audience}`,
        `Licence: ${licenceOf(provenance)}`,
        `To cite: ${citationOf(provenance)}`,
        `To get it again: ${provenance.link ?? 'ask the question on the worksheet Notes again, with the release'}`,
      ],
      table: null,
    },
    {
      name: 'Contents',
      lines: ['Table of contents', 'This worksheet contains one table.'],
      table: textTable(
        'contents',
        ['Worksheet', 'Title'],
        [['Notes', 'Notes and symbols'], ...numbered.map(({ name, title }) => [name, title])],
      ),
    },
    {
      name: 'Notes',
      lines: ['Notes and symbols', 'This worksheet contains one table.'],
      table: textTable(
        'notes',
        ['Note', 'Meaning'],
        [
          ...Object.entries(symbols),
          ...warningsOf(answered).map((message, i): Cell[] => [`note ${i + 1}`, message]),
          ['question', provenance.document.trim()],
          ['variables', JSON.stringify(provenance.variables)],
        ],
      ),
    },
    ...data,
  ];
}

const warningsOf = (answered: readonly Answered[]) => [
  ...new Set(answered.flatMap(({ table }) => table.warnings.map(({ message }) => message))),
];

function textTable(name: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): FileTable {
  return { name, title: name, columns: columns.map((column) => ({ name: column, title: column, type: 'text' })), rows };
}
