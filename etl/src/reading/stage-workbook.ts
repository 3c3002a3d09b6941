import type { DuckDBConnection } from '@duckdb/node-api';
import type { Column } from '../extracts/extract.ts';
import { pseudonym } from '../extracts/shapes.ts';
import type { Row } from './exact.ts';
import { ExtractRefusal } from './extract-refusal.ts';
import type { Match } from './match.ts';
import { stageRows, type Staged } from './stage.ts';
import { openWorkbook, plainText, type CellValue, type Sheet } from './workbook.ts';

const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u;
const total = /^(grand |sub)?-?\s?totals?\b/i;

/**
 * Types the rows of the sheet that answers the layout; the line is the row's number in the sheet. Days are days in whichever epoch the workbook
 * counts, formulas are what they last came to. Throws ExtractRefusal for an error, or a formula that was never calculated, in a column that is read.
 */
export async function stageWorkbook(
  connection: DuckDBConnection,
  file: { path: string; name: string },
  match: Match,
): Promise<{ staged: Staged; warnings: string[] }> {
  const sheet = (await openWorkbook(file.path)).find(({ name }) => name === match.sheet);
  if (sheet === undefined) throw new ExtractRefusal('changed', file.name, 'The sheet is gone.', 'Send the file again.');
  refuseUncalculated(file.name, sheet, match);
  const seen = { blank: 0, hidden: 0, totals: [] as number[] };
  const rows = rowsOf(file.name, sheet, match, seen);
  const staged = await stageRows(
    connection,
    match,
    (async function* () {
      yield* batches(rows);
    })(),
  );
  return { staged, warnings: warningsOf(match, sheet, seen) };
}

interface Seen {
  blank: number;
  hidden: number;
  totals: number[];
}

function* rowsOf(file: string, sheet: Sheet, match: Match, seen: Seen): Generator<Row> {
  const columns = columnsByPosition(match);
  const last = sheet.rows.findLastIndex((row) => row.some((cell) => plainText(cell).trim() !== ''));
  for (let at = match.headerLine; at <= last; at++) {
    const cells = sheet.rows[at]!;
    const line = at + 1;
    const filled = cells.map((cell) => plainText(cell).trim()).filter((text) => text !== '');
    if (filled.length === 0) {
      seen.blank++;
      continue;
    }
    if (at > last - 3 && total.test(filled[0]!)) {
      seen.totals.push(line);
      continue;
    }
    if (sheet.rowDefs?.get(at)?.hidden) seen.hidden++;
    yield rowOf(file, line, cells, columns, match);
  }
}

function rowOf(
  file: string,
  line: number,
  cells: readonly CellValue[],
  columns: (Column | undefined)[],
  match: Match,
): Row {
  const fields = match.header.map((_, at) => textOf(file, line, cells[at], columns[at], match.layout.trims));
  const beyond = cells.slice(match.header.length).some((cell) => plainText(cell).trim() !== '');
  if (beyond || match.blank.some((at) => fields[at]!.trim() !== ''))
    return { line, fields: [], fault: 'has a value in a column without a name' };
  for (const [at, field] of fields.entries()) {
    if (field.length > 65_536) return { line, fields: [], fault: 'is longer than 65,536 characters', field: at };
    if (invisible.test(field)) return { line, fields: [], fault: 'holds an invisible or control character', field: at };
  }
  return { line, fields };
}

function textOf(
  file: string,
  line: number,
  cell: CellValue | undefined,
  column: Column | undefined,
  trims = false,
): string {
  if (typeof cell === 'boolean' && column?.kind === 'flag') return cell ? 'Y' : 'N';
  if (typeof cell === 'number' && column?.pattern === pseudonym && Math.abs(cell) >= 1e15)
    throw new ExtractRefusal(
      'pseudonyms',
      file,
      `“${column.name}” holds numbers of more than 15 digits, of which a spreadsheet keeps 15. Many people would be counted as one.`,
      'Export the pseudonyms as text, straight from the source.',
      { line, column: column.name },
    );
  if (column !== undefined && cell !== undefined && isError(cell))
    throw unsound(file, line, column, `A cell in “${column.name}” holds an error (${String(cell)}).`);
  const text = plainText(cell);
  return (trims ? text.replace(/\p{Zs}/gu, ' ') : text).normalize('NFC');
}

// An error and a cell without a value that has a formula both say that what should be there is not.
function refuseUncalculated(file: string, sheet: Sheet, match: Match): void {
  const columns = columnsByPosition(match);
  for (const [key, cell] of sheet.cells ?? []) {
    const [row, at] = key.split(',').map(Number) as [number, number];
    const column = columns[at];
    if (row < match.headerLine || column === undefined || cell.formula === undefined) continue;
    if ((cell.formulaResult ?? null) === null && plainText(cell.value) === '')
      throw unsound(file, row + 1, column, `A formula in “${column.name}” was never calculated.`);
  }
}

function unsound(file: string, line: number, column: Column, problem: string): ExtractRefusal {
  return new ExtractRefusal(
    'structure',
    file,
    problem,
    'Open the workbook, correct it, let it calculate, and save it; or paste the column as values.',
    { line, column: column.name },
  );
}

const isError = (value: CellValue) =>
  typeof value === 'string' && /^#(N\/A|REF!|VALUE!|NAME\?|NULL!|NUM!|DIV\/0!)$/.test(value);

function columnsByPosition({ extract, positions }: Match): (Column | undefined)[] {
  const columns: (Column | undefined)[] = [];
  for (const column of extract.columns) if (column.name in positions) columns[positions[column.name]!] = column;
  return columns;
}

function warningsOf(match: Match, sheet: Sheet, { blank, hidden, totals }: Seen): string[] {
  const formulas = [...(sheet.cells ?? [])].filter(
    ([key, { formula }]) => formula !== undefined && Number(key.split(',')[0]) >= match.headerLine,
  );
  const named = (match.otherSheets ?? []).map((name) => `“${name}”`).join(', ');
  const n = (count: number, one: string, many: string) =>
    `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
  return [
    `Sheet “${sheet.name}” was read${named === '' ? '' : `, and not ${named}`}.`,
    ...(sheet.hidden || sheet.veryHidden ? ['The sheet is hidden.'] : []),
    ...(match.headerLine > 1 ? [`The header is in row ${match.headerLine}; what stands above was passed over.`] : []),
    ...(hidden > 0 ? [`${n(hidden, 'row is', 'rows are')} hidden in the sheet, and read like the others.`] : []),
    ...(totals.length > 0 ? [`Row ${totals.join(', ')} is a total, and was passed over.`] : []),
    ...(blank > 0 ? [`${n(blank, 'blank row was', 'blank rows were')} passed over.`] : []),
    ...(formulas.length > 0
      ? [`${n(formulas.length, 'cell is a formula', 'cells are formulas')}: what they last came to was read.`]
      : []),
  ];
}

function* batches(rows: Iterable<Row>): Generator<Row[]> {
  const batch: Row[] = [];
  for (const row of rows) if (batch.push(row) >= 2048) yield batch.splice(0);
  if (batch.length > 0) yield batch;
}
