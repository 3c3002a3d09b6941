import type { Answer, Execution } from '../execution/execute.ts';
import { askedTables, askedTablesWithOrigin } from './asked-table.ts';
import { csvOf } from './csv.ts';
import type { FileTable } from './file-table.ts';
import { jsonStatOf } from './json-stat.ts';
import { parquetOf } from './parquet.ts';
import type { Provenance } from './provenance.ts';
import { sheetsOf } from './sheets.ts';
import { tidyTable } from './tidy.ts';
import { wideTable } from './wide.ts';
import type { WorkbookKind } from './workbook-file.ts';
import { workbookOf } from './workbook.ts';
import { zipOf } from './zip.ts';

/** A line for each figure with everything about it, or a column for each field that was selected. */
export const shapes = ['tidy', 'asked'] as const;
export type Shape = (typeof shapes)[number];

/** An answer that becomes a file. */
export interface Exported {
  data: NonNullable<Answer['data']>;
  tables: Execution['tables'];
  provenance: Provenance;
  shape: Shape;
}

/** One way of writing an answer to a file. Add a format here and it has its own address. Writing throws `Unwritable`. */
interface Format {
  contentType: string;
  extension: string;
  write: (exported: Exported) => string | Iterable<string> | Promise<Buffer>;
}

export const formats: Readonly<Record<string, Format>> = {
  csv: {
    contentType: 'text/csv; charset=utf-8',
    extension: 'csv',
    write: (exported) => csvOf(tablesOf(exported)),
  },
  json: {
    contentType: 'application/json; charset=utf-8',
    extension: 'json',
    write: ({ data }) => `${JSON.stringify(data, null, 2)}\n`,
  },
  'json-stat': {
    contentType: 'application/json; charset=utf-8',
    extension: 'json-stat.json',
    write: ({ tables, provenance }) => `${JSON.stringify(jsonStatOf(tables, provenance))}\n`,
  },
  ods: {
    contentType: 'application/vnd.oasis.opendocument.spreadsheet',
    extension: 'ods',
    write: (exported) => workbook('ods', exported),
  },
  parquet: {
    contentType: 'application/vnd.apache.parquet',
    extension: 'parquet',
    write: (exported) => parquetOf(tablesOf(exported), exported.provenance),
  },
  xlsx: {
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    extension: 'xlsx',
    write: (exported) => workbook('xlsx', exported),
  },
  zip: {
    contentType: 'application/zip',
    extension: 'zip',
    write: (exported) => zipOf(tablesOf(exported), exported.tables, exported.provenance),
  },
};

/** The tables of a file for programs. What is no table of a subject is flattened as it was asked for. */
function tablesOf({ data, tables, provenance, shape }: Exported): FileTable[] {
  if (shape === 'asked') return askedTables(data);
  return inOrder(data, tables, (answered) => tidyTable(answered, provenance), provenance);
}

/** A workbook has a column for each measure: it is for people. */
async function workbook(kind: WorkbookKind, { data, tables, provenance }: Exported): Promise<Buffer> {
  const [release] = provenance.releases;
  const all = inOrder(data, tables, wideTable, provenance);
  return workbookOf({
    kind,
    title: all.map(({ title }) => title).join('; '),
    created: release?.publishedAt ?? release?.createdAt ?? '2000-01-01T00:00:00Z',
    sheets: sheetsOf(all, tables, provenance),
  });
}

function inOrder(
  data: Exported['data'],
  tables: Exported['tables'],
  table: (answered: Exported['tables'][number]) => FileTable,
  provenance: Provenance,
): FileTable[] {
  const others = Object.fromEntries(Object.entries(data).filter(([name]) => !tables.some((one) => one.name === name)));
  return [...tables.map(table), ...askedTablesWithOrigin(others, provenance)];
}
