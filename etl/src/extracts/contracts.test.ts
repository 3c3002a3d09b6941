import { readdirSync, readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { columnType } from './extract.ts';
import { extracts } from './index.ts';
import { createExtractTables } from './tables.ts';
import { contractFiles } from './write-contracts.ts';

const folder = new URL('../../contracts/', import.meta.url);

test('the committed contracts are those that the declarations give: node etl/src/extracts/write-contracts.ts', () => {
  const files = contractFiles();
  expect(readdirSync(folder).sort()).toEqual(Object.keys(files).sort());
  for (const [name, text] of Object.entries(files))
    expect(readFileSync(new URL(name, folder), 'utf8'), name).toBe(text);
});

test('every declaration is whole: names once, keys that exist and are filled, lists and patterns where they belong', () => {
  for (const extract of extracts) {
    const names = extract.columns.map(({ name }) => name);
    expect(new Set(names).size, extract.name).toBe(names.length);
    for (const key of extract.key) expect(names, extract.name).toContain(key);
    for (const rule of extract.rules ?? []) expect(names, extract.name).toContain(rule.column);
    for (const column of extract.columns) {
      expect(column.codes !== undefined, `${extract.name}.${column.name}`).toBe(column.kind === 'code');
      expect(column.pattern !== undefined, `${extract.name}.${column.name}`).toBe(
        column.kind === 'text' || column.kind === 'reference',
      );
      if (column.filled) expect(column.required, `${extract.name}.${column.name}`).toBe(true);
    }
  }
});

test('every table is created from its declaration, then source_file and line', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await createExtractTables(connection);
  await createExtractTables(connection);
  for (const extract of extracts) {
    const described = await connection.runAndReadAll(`describe ${extract.name}`);
    expect(described.getRowsJS().map(([name]) => name)).toEqual([
      ...extract.columns.map(({ name }) => name),
      'source_file',
      'line',
    ]);
    for (const column of extract.columns) expect(columnType(extract, column)).not.toBe('');
  }
});
