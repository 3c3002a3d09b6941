import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedData, skipReason } from '@ahp/sql/shared-data';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { readExactly, type Row } from './exact.ts';
import { firstBytes, headerNames } from './header.ts';

const folder = mkdtempSync(join(tmpdir(), 'exact-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function read(path: string): Promise<{ header: string[] | null; rows: Row[] }> {
  const header = headerNames(await firstBytes(path), {});
  const rows: Row[] = [];
  for await (const batch of readExactly(path, header?.length ?? 0, {})) rows.push(...batch);
  return { header, rows };
}

async function readText(text: string): Promise<Row[]> {
  const path = join(folder, 'text.csv');
  writeFileSync(path, text);
  return (await read(path)).rows;
}

const corpora = [
  { name: 'csv-spectrum', csv: 'hostile/csv-spectrum/csvs', json: 'hostile/csv-spectrum/json' },
  { name: 'csv-test-data', csv: 'hostile/csv-test-data/csv', json: 'hostile/csv-test-data/json' },
];

for (const corpus of corpora) {
  const folder = sharedData(corpus.csv);
  describe.skipIf(folder === null)(corpus.name, () => {
    const files = folder ? readdirSync(folder) : [skipReason(corpus.csv)];
    for (const file of files.filter((name) => !/^(bad-|all-empty)/.test(name))) {
      test(`${file} is read as published, or its row is refused`, async () => {
        const { header, rows } = await read(`${folder}/${file}`);
        const published = JSON.parse(
          readFileSync(`${sharedData(corpus.json)}/${file.replace('.csv', '.json')}`, 'utf8'),
        );
        const expected = (published as (Record<string, string> | string[])[]).map((row) => Object.values(row));
        const table = Array.isArray(published[0])
          ? [header, ...rows.map(({ fields }) => fields)]
          : rows.map(({ fields }) => fields);
        if (rows.some(({ fault }) => fault !== undefined)) {
          expect(rows.filter(({ fault }) => fault !== undefined).map(({ fault }) => fault)).toContain(
            'holds an invisible or control character',
          );
          expect(expected.flat().some((value) => value.includes('\n'))).toBe(true);
        } else if (file !== 'empty-one-column.csv') expect(table).toEqual(expected);
      });
    }
    for (const file of files.filter(
      (name) => name.startsWith('bad-') && !name.includes('-header-wrong') && !name.includes('no-header'),
    )) {
      test(`${file} gives no row`, async () => {
        const rows = await read(`${folder}/${file}`).then(
          ({ rows }) => rows,
          () => [],
        );
        expect(rows.filter(({ fault }) => fault === undefined)).toEqual([]);
      });
    }
  });
}

test('any values written as RFC 4180 come back as they were, or as a fault where they hold control characters', async () => {
  const value = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.constantFrom('', '"', ',', 'a"b', ' x ', '\r\n', 'é'),
  );
  const row = fc.tuple(value, value, value);
  const field = (text: string) => `"${text.replaceAll('"', '""')}"`;
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 5 }), async (rows) => {
      const got = await readText(`a,b,c\n${rows.map((fields) => fields.map(field).join(',')).join('\n')}\n`);
      expect(got).toHaveLength(rows.length);
      got.forEach((one, i) => {
        const hidden = rows[i]!.some((text) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u.test(text));
        if (one.fault === undefined) expect(one.fields).toEqual(rows[i]!.map((text) => text.normalize('NFC')));
        expect(one.fault !== undefined).toBe(hidden);
      });
    }),
    { numRuns: 150 },
  );
});

const naughty = sharedData('hostile/blns/blns.json');
test.skipIf(naughty === null)('naughty strings come back as they were, or as a fault', async () => {
  const strings = JSON.parse(readFileSync(naughty!, 'utf8')) as string[];
  const rows = await readText(
    `n,value\n${strings.map((text, i) => `${i},"${text.replaceAll('"', '""')}"\n`).join('')}`,
  );
  expect(rows).toHaveLength(strings.length);
  const wrong = rows.filter(
    ({ fields, fault }, i) => fault === undefined && fields[1] !== strings[i]!.normalize('NFC'),
  );
  expect(wrong).toEqual([]);
});

test('a line number is where the record begins, blank and quoted lines counted', async () => {
  const rows = await readText('a,b\n1,2\n\n"3\n3",4\n5,6\n');
  expect(rows.map(({ line, fault }) => [line, fault !== undefined])).toEqual([
    [2, false],
    [4, true],
    [6, false],
  ]);
});

test('a stray quote refuses the row, and the file where it joins lines', async () => {
  expect((await readText('a,b\n1,x"y\n2,z\n')).map(({ fault }) => fault)).toEqual(['has a stray quote', undefined]);
  await expect(readText('a,b\n1,"x\n2,y"z\n3,w\n')).rejects.toMatchObject({ code: 'structure', line: 2 });
  await expect(readText('a,b\n1,"x\n2,y\n')).rejects.toMatchObject({ code: 'structure' });
});

test('bytes that are not UTF-8 refuse the file and name the line', async () => {
  const path = join(folder, 'latin.csv');
  writeFileSync(path, Buffer.from('a,b\n1,caf\xe9\n', 'latin1'));
  await expect(read(path)).rejects.toMatchObject({ code: 'encoding', line: 2 });
  const rows: Row[] = [];
  for await (const batch of readExactly(path, 2, { encoding: 'windows-1252' })) rows.push(...batch);
  expect(rows[0]!.fields).toEqual(['1', 'café']);
});
