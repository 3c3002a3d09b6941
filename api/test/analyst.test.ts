import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { macroNames } from '@ahp/sql/macros';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleRelease } from './sample-release.ts';
import { startServing, type Serving } from './serve.ts';

const readme = readFileSync(new URL('../../sql/macros/README.md', import.meta.url), 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([^\`]+)\`\`\``, 'g'))].map((block) => block[1]!);

let file: string;
let folder: string;
let serving: Serving;
let remove: () => void;
beforeAll(async () => {
  const sample = sampleRelease();
  remove = sample.remove;
  const { version } = JSON.parse(readFileSync(join(sample.data, 'releases', 'current.json'), 'utf8')) as {
    version: string;
  };
  file = join(sample.data, 'releases', version, 'public.duckdb');
  folder = mkdtempSync(join(tmpdir(), 'ahp-analyst-'));
  serving = await startServing(sample.data);
}, 900_000);
afterAll(async () => {
  await serving.close();
  rmSync(folder, { recursive: true, force: true });
  remove();
});

/** A DuckDB as anybody opens it: none of our settings. */
async function anyDuckDB(path?: string) {
  const connection = await (await DuckDBInstance.create(path, path ? { access_mode: 'READ_ONLY' } : {})).connect();
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJS() as Record<string, any>[];
  return { rows, close: () => connection.closeSync() };
}

describe('an analyst follows the README of the macros', () => {
  test('in a release file: shares with limits by region, the noise of the audience, a chart, the list of macros', async () => {
    const { rows, close } = await anyDuckDB(file);
    const [shares, noisy, chart, list] = await Promise.all(blocks('sql').slice(0, 4).map(rows));
    close();
    expect(shares).toHaveLength(7);
    for (const { band_3, everyone, lower, upper } of shares!) {
      expect(lower).toBeLessThan(Number(band_3) / Number(everyone));
      expect(upper).toBeGreaterThan(Number(band_3) / Number(everyone));
    }
    expect(noisy![0]!.lower).toBeLessThan(0.2);
    expect(chart!.filter(({ y }) => y !== null).length).toBeGreaterThan(12);
    expect(new Set(chart!.map(({ mean }) => mean)).size).toBe(1);
    expect(list!.map((row) => row.function_name)).toEqual([...macroNames].sort());
  });

  test.each(['parquet', 'csv'])(
    'in a DuckDB of their own: wilson_lower and xmr on an answer exported as %s give the figures of the API',
    async (format) => {
      const question = /query=(\{[^']+\})'/.exec(blocks('sh')[1]!)![1]!;
      const response = await fetch(
        `${serving.url}/export.${format}?${new URLSearchParams({ query: question, shape: 'asked' })}`,
      );
      expect(response.status).toBe(200);
      const exported = join(folder, `london.${format}`);
      writeFileSync(exported, Buffer.from(await response.arrayBuffer()));
      const { rows, close } = await anyDuckDB();
      const statements = blocks('sql')[4]!
        .replaceAll('data/releases/1.0.0/public.duckdb', file)
        .replaceAll('london.parquet', exported)
        .split(/;\s*/)
        .filter((statement) => statement.trim() !== '');
      const results: Record<string, any>[][] = [];
      for (const statement of statements) results.push(await rows(statement));
      close();
      const [, , limits, chart] = results;
      expect(limits).toHaveLength(16);
      const { data } = (await (
        await serving.post({
          query: `{ spc(where: { region: ["Y56"] }, period: { last: { count: 16, grain: QUARTER } }) { ... on SpcChart { points { figure { value } limits { mean upper } } } } }`,
        })
      ).json()) as Record<string, any>;
      expect(chart!.map(({ y }) => y)).toEqual(data.spc.points.map(({ figure }: any) => figure.value));
      expect(chart![0]!.mean).toBeCloseTo(data.spc.points[0].limits.mean, 12);
      expect(chart![0]!.upper).toBeCloseTo(data.spc.points[0].limits.upper, 12);
      for (const { rate, lower, upper } of limits!) expect(lower < rate && rate < upper).toBe(true);
    },
  );
});
