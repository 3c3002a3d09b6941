import { readOds } from 'hucre/ods';
import { readXlsx } from 'hucre/xlsx';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildData, type Built } from '../../test/fixture.ts';
import { startServing, type Serving } from '../../test/serve.ts';
import { writeWorkbook } from './workbook-file.ts';
import { workbookOf } from './workbook.ts';
import type { Sheet } from './sheets.ts';

let built: Built;
let serving: Serving;
beforeAll(async () => {
  built = await buildData();
  serving = await startServing(built.data);
});
afterAll(async () => {
  await serving.close();
  built.remove();
});

const query =
  '{ staff(by: [ORGANISATION, BAND], where: { band: [BAND_2] }) { ... on StaffTable { rows { headcount { value } } } } turnover { ... on TurnoverTable { rows { leaverRate { value } } } } }';
const get = async (format: string) =>
  new Uint8Array(
    await (await fetch(`${serving.url}/export.${format}?${new URLSearchParams({ query })}`)).arrayBuffer(),
  );

describe.each([
  ['xlsx', readXlsx],
  ['ods', readOds],
] as const)('%s', (format, read) => {
  test('has a cover, contents, notes and one table to a sheet, and says where it comes from', async () => {
    const { sheets, properties } = await read(await get(format));
    expect(sheets.map(({ name }) => name)).toEqual(['Cover', 'Contents', 'Notes', 'Table_1', 'Table_2']);
    const text = (name: string) =>
      sheets
        .find((sheet) => sheet.name === name)!
        .rows.flat()
        .join('\n');
    expect(text('Cover')).toMatch(/Release 1\.0\.0, made-up data[\s\S]*OGL v3[\s\S]*\/q\/[\w-]{24}/);
    expect(text('Contents')).toContain('Table 1: AHP support workforce: staff in post by organisation and band');
    expect(text('Notes')).toMatch(/\[c\]\nConfidential[\s\S]*staff\(by: \[ORGANISATION/);
    expect(text('Table_1')).toContain('Filters: band: BAND_2.');
    expect(properties?.title).toContain('staff in post');
    for (const { merges = [], hidden } of sheets) expect([merges, hidden ?? false]).toEqual([[], false]);
  });

  test('has numbers as numbers, and shorthand in place of what is withheld', async () => {
    const { sheets } = await read(await get(format));
    const rows = sheets[3]!.rows;
    const head = rows.findIndex(([cell]) => cell === 'Area code');
    expect(rows[head]).toContain('Headcount (people)');
    const column = rows[head]!.indexOf('Headcount (people)');
    const cells = rows.slice(head + 1).map((row) => row[column]);
    expect(cells.some((cell) => typeof cell === 'number' && cell > 0)).toBe(true);
    for (const cell of cells)
      expect(typeof cell === 'number' || /^\[[cxz]\]$/.test(String(cell)), String(cell)).toBe(true);
  });

  test('is the same bytes for the same answer', async () => {
    const fresh = await startServing(built.data, { cacheMegabytes: 0 });
    try {
      const url = `${fresh.url}/export.${format}?${new URLSearchParams({ query })}`;
      expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(Buffer.from(await get(format)))).toBe(true);
    } finally {
      await fresh.close();
    }
  });
});

test('every table of a workbook is marked as one, with the headings of its columns and without a filter', async () => {
  const files = unzipSync(await get('xlsx'));
  const tables = Object.entries(files).filter(([name]) => name.startsWith('xl/tables/'));
  expect(tables).toHaveLength(4);
  for (const [, bytes] of tables) {
    const xml = strFromU8(bytes);
    expect(xml).not.toContain('autoFilter');
    expect(xml).toMatch(/displayName="(contents|notes|table_\d)" ref="A\d+:[A-Z]+\d+"/);
  }
  const sheets = Object.entries(files).filter(([name]) => /worksheets\/sheet\d/.test(name));
  for (const [name, bytes] of sheets) expect(strFromU8(bytes), name).not.toMatch(/<mergeCell|<f>|hidden="/);
});

const sheetOf = (rows: Sheet['table'] & object): Sheet[] => [{ name: 'Table_1', lines: ['Title'], table: rows }];

test('text that looks like a formula stays text', async () => {
  const table = {
    name: 'table_1',
    title: '',
    columns: [{ name: 'name', title: '', type: 'text' as const }],
    rows: [['=1+1'], ['+cmd|x'], ['@SUM(A1)'], ['-2+3']],
  };
  for (const kind of ['xlsx', 'ods'] as const) {
    const bytes = await writeWorkbook({ kind, title: 't', created: '2026-01-01T00:00:00Z', sheets: sheetOf(table) });
    const content = Object.values(unzipSync(bytes))
      .map((part) => strFromU8(part))
      .join('');
    expect(content).not.toMatch(/<f>|table:formula/);
    const { sheets } = await (kind === 'xlsx' ? readXlsx : readOds)(bytes);
    expect(sheets[0]!.rows.slice(2)).toEqual(table.rows);
  }
});

test('one that would be too large is refused with what to take instead', async () => {
  const columns = Array.from({ length: 1000 }, (_, i) => ({ name: `c${i}`, title: '', type: 'number' as const }));
  const row = columns.map((_, i) => i);
  const table = { name: 'table_1', title: '', columns, rows: Array.from({ length: 1001 }, () => row) };
  const made = workbookOf({ kind: 'xlsx', title: 't', created: '2026-01-01T00:00:00Z', sheets: sheetOf(table) });
  await expect(made).rejects.toThrow('1,001,000 cells, and it may have 1,000,000: take CSV or Parquet');
});
