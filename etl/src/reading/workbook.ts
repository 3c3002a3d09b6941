import { readFile } from 'node:fs/promises';
import type { Workbook } from 'hucre';
import { ExtractRefusal } from './extract-refusal.ts';
import { isText } from './header.ts';
import { expandsWithin, zipEntries } from './zip.ts';

export type Sheet = Workbook['sheets'][number];
export type CellValue = Sheet['rows'][number][number];

/** What of a sheet shows whether it is an extract: its first rows as texts. */
export interface SheetTop {
  name: string;
  top: string[][];
}

/** Bytes that a workbook may expand to. */
const most = 200e6;
const depth = 30;

/** Whether a file is a workbook that is read, by its name. */
export function isWorkbook(path: string): boolean {
  return /\.(xlsx|ods)$/i.test(path);
}

/** What to do with text under the name of a workbook. */
export const textRemedy =
  'Give it a name that ends in .csv; a web page is to be opened in a spreadsheet and saved as .xlsx.';
const csv = 'Save the sheet as “CSV UTF-8” and send that.';

/**
 * The sheets of an XLSX or ODS file. Throws ExtractRefusal, with what to do, for one that is protected by a password, has macros, is damaged, would
 * expand beyond 200 MB, or spreads few cells over more room than there is.
 */
export async function openWorkbook(path: string): Promise<Sheet[]> {
  const bytes = await readFile(path);
  const refuse = (problem: string, remedy: string): never => {
    throw new ExtractRefusal(/expands/.test(problem) ? 'too_large' : 'unreadable', path, problem, remedy);
  };
  if (bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0])))
    refuse(
      'The workbook is protected by a password, or in the format before 2007.',
      `Take the password off and save it as .xlsx. Or: ${csv}`,
    );
  if (isText(bytes)) refuse('The file is text, and its name is that of a workbook.', textRemedy);
  const entries = zipEntries(bytes);
  if (entries === null) return refuse('The file is not readable as a workbook.', `Send it again. Or: ${csv}`);
  if (entries.some(({ encrypted }) => encrypted))
    refuse('The workbook is protected by a password.', `Take the password off. Or: ${csv}`);
  if (entries.some(({ name }) => /vbaProject|macrosheets|^Basic\//i.test(name)))
    refuse('The workbook has macros in it.', `Save it as a workbook without macros (.xlsx). Or: ${csv}`);
  if (entries.some(({ name }) => /\.bin$/.test(name) && /workbook|sheet/.test(name)))
    refuse('The workbook is in the binary format.', `Save it as .xlsx. Or: ${csv}`);
  try {
    if (!expandsWithin(entries, most)) refuse('The workbook expands beyond 200 MB.', `Send it in parts. Or: ${csv}`);
    const { sheets } = await parsed(path, bytes);
    return sheets;
  } catch (error) {
    if (error instanceof ExtractRefusal) throw error;
    if ((error as Error).name === 'EncryptedFileError')
      return refuse('The workbook is protected by a password.', `Take the password off. Or: ${csv}`);
    return refuse(
      'The workbook cannot be read: it is damaged, or its cells lie too far apart.',
      `Copy the table into a new workbook. Or: ${csv}`,
    );
  }
}

// Loaded where there is a workbook: most files are none.
async function parsed(path: string, bytes: Buffer): Promise<Workbook> {
  if (/\.ods$/i.test(path)) return (await import('hucre/ods')).readOds(bytes);
  return (await import('hucre/xlsx')).readXlsx(bytes);
}

/** The first rows of each sheet, as texts. */
export async function sheetTops(path: string): Promise<SheetTop[]> {
  const sheets = await openWorkbook(path);
  return sheets.map(({ name, rows }) => ({
    name,
    top: rows.slice(0, depth).map((row) => row.map((cell) => plainText(cell).trim())),
  }));
}

/** A cell as text: a day as 2026-03-31, a number with at most 15 digits and no exponent. */
export function plainText(cell: CellValue | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date)
    return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().replace(/T00:00:00[.]000Z$/, '');
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (typeof cell === 'number') return numberText(cell);
  return cell;
}

function numberText(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return BigInt(value).toString();
  const short = String(Number(value.toPrecision(15)));
  return short.includes('e') && Math.abs(value) < 1 ? value.toFixed(12).replace(/0+$/, '') : short;
}
