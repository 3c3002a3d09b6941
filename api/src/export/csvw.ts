import type { CellType, FileTable } from './file-table.ts';
import { citationOf, licenceOf, versionsOf, type Provenance } from './provenance.ts';

const datatypes: Record<CellType, string> = { text: 'string', number: 'number', boolean: 'boolean', date: 'date' };

/** What a CSV file holds, column by column, as CSV on the Web has it (https://www.w3.org/TR/tabular-metadata/). */
export function csvwOf(file: string, table: FileTable, provenance: Provenance): object {
  return {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
    url: file,
    'dc:title': table.title,
    'dc:license': licenceOf(provenance),
    'dc:bibliographicCitation': citationOf(provenance),
    'dc:hasVersion': versionsOf(provenance),
    'dc:audience': provenance.audience,
    dialect: { encoding: 'utf-8', header: true, delimiter: ',', lineTerminators: ['\r\n'], quoteChar: '"' },
    tableSchema: {
      columns: table.columns.map(({ name, title, type }) => ({
        name: name.replaceAll('.', '_'),
        titles: name,
        'dc:description': title,
        datatype: datatypes[type],
        null: '',
      })),
    },
  };
}
