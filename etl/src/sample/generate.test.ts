import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { generateSample } from './generate.ts';

const folders: string[] = [];
const folder = () => {
  const path = mkdtempSync(join(tmpdir(), 'sample-'));
  folders.push(path);
  return path;
};
afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true })));

const digests = (path: string) =>
  Object.fromEntries(
    readdirSync(path).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(path, name)))
        .digest('hex'),
    ]),
  );

async function load(path: string): Promise<(sql: string) => Promise<Record<string, unknown>[]>> {
  const db: DuckDBConnection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const kind of ['workforce', 'training', 'retention', 'establishment', 'plan', 'organisations', 'successions'])
    await db.run(
      `create table ${kind} as select * from read_csv('${path}/${kind}*-synthetic.csv', header = true, all_varchar = true)`,
    );
  return async (sql) => (await db.runAndReadAll(sql)).getRowObjectsJS();
}

test('the same options give the same bytes, and another seed gives others', async () => {
  const [first, second, other] = [folder(), folder(), folder()];
  await generateSample({ people: 600, months: 7, seed: 11, out: first });
  await generateSample({ people: 600, months: 7, seed: 11, out: second });
  await generateSample({ people: 600, months: 7, seed: 12, out: other });
  expect(digests(second)).toEqual(digests(first));
  expect(digests(other)['truth.json']).not.toBe(digests(first)['truth.json']);
});

test('a sample replaces the files of a longer one in the same folder', async () => {
  const out = folder();
  await generateSample({ people: 300, months: 5, seed: 1, out });
  await generateSample({ people: 300, months: 2, seed: 1, out });
  expect(readdirSync(out).filter((name) => name.startsWith('workforce-'))).toHaveLength(3);
});

test('a sample of nobody is refused', async () => {
  await expect(generateSample({ people: 10, months: 6, seed: 1, out: folder() })).rejects.toThrow(
    /at least 100 people/,
  );
});

test('a small sample has every nation, every person, and says that it is synthetic', async () => {
  const out = folder();
  const summary = await generateSample({ people: 500, months: 6, seed: 5, out });
  const rows = await load(out);
  expect(await rows('select count(distinct person_id)::integer as people from workforce')).toEqual([{ people: 500 }]);
  expect(await rows('select distinct nation from organisations')).toHaveLength(4);
  expect(await rows(`select label from organisations where label not like '%(synthetic)%'`)).toEqual([]);
  expect(readdirSync(out).filter((name) => name.endsWith('.csv') && !name.includes('synthetic'))).toEqual([]);
  expect(summary.periods).toHaveLength(7);
  expect(summary.rows['workforce']).toBe(Number((await rows('select count(*)::integer as n from workforce'))[0]!['n']));
});

test('progress counts every snapshot', async () => {
  const seen: [number, number][] = [];
  await generateSample({
    people: 200,
    months: 3,
    seed: 1,
    out: folder(),
    onProgress: (made, of) => seen.push([made, of]),
  });
  expect(seen).toEqual([
    [1, 4],
    [2, 4],
    [3, 4],
    [4, 4],
  ]);
});
