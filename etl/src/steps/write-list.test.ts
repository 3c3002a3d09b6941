import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkshop } from '@ahp/sql/open';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { formulas } from '../../test/formulas.ts';
import { writeList } from './write-list.ts';

test('a list for an operator has no text that a spreadsheet would run, and says the rest as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'list-'));
  const path = join(folder, 'list.csv');
  const connection = await (await openWorkshop(':memory:')).connect();
  const texts = [...formulas, 'Guy’s', 'S9E', ''];
  const rows = texts.map((text, i) => `(${i}, '${text.replaceAll("'", "''")}')`);
  await writeList(connection, `select * from (values ${rows.join(', ')}) as list(line, value) order by line`, path);
  const list = parse(readFileSync(path), { columns: true }) as { line: string; value: string }[];
  rmSync(folder, { recursive: true });
  expect(list.map(({ line }) => line)).toEqual(texts.map((_, i) => String(i)));
  expect(list.map(({ value }) => value)).toEqual([...formulas.map((text) => `'${text}`), 'Guy’s', 'S9E', '']);
});
