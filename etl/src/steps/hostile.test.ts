import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedData } from '@ahp/sql/shared-data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Extract } from '../extracts/extract.ts';
import type { Layout } from '../layouts/layout.ts';
import { Reader } from '../confined/reader.ts';
import { createExtractTables } from '../extracts/tables.ts';
import { takeKept } from '../reading/cache.ts';
import { ExtractRefusal } from '../reading/extract-refusal.ts';
import type { CheckResult } from './check.ts';
import { receive } from './receive.ts';

const texts = (name: string, ...columns: string[]): Extract => ({
  name,
  title: name,
  meaning: 'Texts.',
  grain: 'one row each',
  key: [],
  columns: columns.map((column) => ({ name: column, kind: 'text', required: true, meaning: 'A text.', example: 'x' })),
});
const foo = texts('foo_bar_baz', 'foo', 'bar', 'baz');
const hostile = texts('hostile', 'n', 'value');

const testData = sharedData('hostile/csv-test-data/csv');
const folder = mkdtempSync(join(tmpdir(), 'hostile-'));
const kept = mkdtempSync(join(tmpdir(), 'hostile-kept-'));
const reads = testData === null ? [folder] : [folder, testData];
const reader = new Reader({ reads, writes: [kept], memory: 200e6, temporary: kept });
let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
});
afterAll(async () => {
  await reader.close();
  for (const path of [folder, kept]) rmSync(path, { recursive: true, force: true });
});

async function load(
  path: string,
  extract: Extract,
  layout: Partial<Layout> = {},
): Promise<CheckResult | ExtractRefusal> {
  for (const table of [extract.name, 'quarantine']) await connection.run(`drop table if exists ${table}`);
  const layouts: Layout[] = [{ id: 'contract', title: extract.title, extract: extract.name, ...layout }];
  const { files, refusals } = await receive([path], { layouts, extractOf: () => extract });
  if (refusals[0]) return refusals[0];
  try {
    const result = await reader.check(files[0]!, { received: kept });
    await createExtractTables(connection, [extract]);
    await takeKept(connection, kept, files, extract.name, 'quarantine');
    return result;
  } catch (error) {
    if (error instanceof ExtractRefusal) return error;
    throw error;
  }
}
const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJS() as string[][];

describe.skipIf(testData === null)('csv-test-data, held to the header that its authors expect', () => {
  const files = testData ? readdirSync(testData).filter((name) => /header|^all-empty|^bad-/.test(name)) : [];
  test.each(files)('%s', async (name) => {
    const result = await load(`${testData}/${name}`, foo, { openEnded: true });
    if (name === 'header-simple.csv') {
      expect(result).toMatchObject({ loaded: 1, quarantined: 0 });
      expect(await rows('select foo, bar, baz from foo_bar_baz')).toEqual([['1', '2', '3']]);
    } else if (result instanceof ExtractRefusal) expect(result.remedy).not.toBe('');
    else expect(result).toMatchObject({ loaded: 0, quarantined: result.read });
  });
});

test('millions of blank lines, a line of ten thousand columns and one of a hundred thousand are refused, not waited for', async () => {
  const path = join(folder, 'bulk.csv');
  writeFileSync(path, `n,value\n1,x\n${'\n'.repeat(5_000_000)}`);
  expect(await load(path, hostile)).toMatchObject({ code: 'structure' });
  for (const width of [10_000, 100_000]) {
    writeFileSync(path, `${Array.from({ length: width }, (_, i) => `c${i}`).join(',')}\n`);
    expect(await load(path, hostile)).toBeInstanceOf(ExtractRefusal);
  }
});

const naughty = sharedData('hostile/blns/blns.json');
const strings = naughty ? (JSON.parse(readFileSync(naughty, 'utf8')) as string[]) : [];
const payloads = (() => {
  const list = sharedData('hostile/payloads/sql-injection-payload-list/Intruder');
  const files = list
    ? (readdirSync(list, { recursive: true }) as string[]).filter((name) => name.endsWith('.txt'))
    : [];
  return files.flatMap((name) => readFileSync(join(list!, name), 'utf8').split(/\r?\n/).filter(Boolean));
})();
const formulas = (() => {
  const file = sharedData('hostile/payloads/csv-injection-payloads/Intruder/csv-payload.txt');
  return file ? readFileSync(file, 'utf8').split(/\r?\n/).filter(Boolean) : [];
})();

describe.skipIf(naughty === null)('hostile texts', () => {
  test.each([
    ['naughty strings', strings],
    ['SQL injections', payloads],
    ['formulas', formulas],
  ])('%s in a file are loaded as they are or quarantined, each of them', async (_, values) => {
    expect(values.length).toBeGreaterThan(5);
    let taken = 0;
    for (let from = 0; from < values.length; from += 20) {
      const some = values.slice(from, from + 20);
      const path = join(folder, 'values.csv');
      writeFileSync(path, `n,value\n${some.map((value, i) => `${i},"${value.replaceAll('"', '""')}"\n`).join('')}`);
      const result = await load(path, hostile);
      if (result instanceof ExtractRefusal) expect(result.code).toBe('identifiers');
      else {
        expect(result).toMatchObject({ read: some.length, loaded: some.length - result.quarantined });
        const loaded = await rows('select n, value from hostile');
        const wrong = loaded.filter(([n, value]) => (value ?? '') !== some[Number(n)]!.normalize('NFC'));
        expect(wrong).toEqual([]);
        taken += result.loaded;
      }
    }
    expect(taken).toBeGreaterThan(0.8 * values.length);
  });

  test('as names of files they do no harm and are printed on one line', async () => {
    const usable = strings.filter(
      (text) => text !== '' && !/[/\0]/.test(text) && Buffer.byteLength(text) < 200 && !/^\.+$/.test(text),
    );
    expect(usable.length).toBeGreaterThan(300);
    for (const text of usable) {
      const path = join(folder, `${text}.csv`);
      writeFileSync(path, 'n,value\n1,x\n');
      const result = await load(path, hostile);
      rmSync(path);
      expect(result, text).toMatchObject({ loaded: 1 });
      expect(result.file).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }
  });

  test('as names of columns they refuse the file and are printed on one line', async () => {
    for (const text of [...strings, ...payloads].filter((text) => text.trim() !== '')) {
      const path = join(folder, 'header.csv');
      writeFileSync(path, `n,value,"${text.replaceAll('"', '""')}"\n1,x,y\n`);
      const result = await load(path, hostile);
      expect(result, text).toBeInstanceOf(ExtractRefusal);
      expect((result as ExtractRefusal).message).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }
  });
});
