import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { createMacros, macroFiles, macroNames, macroText } from './macros.ts';
import { macroSession } from './statistics/macro-session.ts';
import { seededRandom } from './statistics/random.ts';

const { connection, rows } = await macroSession();
await connection.run(`
  create table leavers as select * from (values ('A', 12, 110, date '2025-04-30', 0.1), ('B', 18, 150, date '2025-05-31', 0.12)) v(organisation, x, n, period_end, rate);
  create table strata as select * from (values ('A', 40, 500, 30), ('A', 25, 400, 70)) v(area, x, n, w);
  create table monthly as select i as t, 5 + i % 3 as y, i as period_end, 5 + i % 3 as rate from range(24) r(i);
  create table people as select * from (values (5, true, 'promoted', 'a'), (9, false, null, 'a'), (400, true, 'left', 'b')) v(exit, event, cause, stratum);
  create table retention as select * from (values (1, 100, 8), (2, 85, 7)) v(time, at_risk, events);
`);

/** The statements of the example at the end of a file's leading comment, each with the results written behind it. */
function examples(file: string): { sql: string; results: string[] }[] {
  const lines = macroText(file)
    .split(/\n(?!--)/)[0]!
    .split('\n')
    .map((line) => line.slice(3));
  const from = lines.findIndex((line) => line.startsWith('Example'));
  const text = lines
    .slice(from)
    .join(' ')
    .replace(/^Example[^:]*: /, '');
  return [...text.matchAll(/\s*([^;]+);\s*(?:-- ([^;]*?)(?=$|\s{2}select|\s{2}from))?/g)].map(([, sql, results]) => ({
    sql: sql!,
    results: (results ?? '').match(/\[[^\]]*\]|[^,\s]+/g) ?? [],
  }));
}

test.each(macroFiles)(
  '%s says what it is, where the formula is from, and its example gives what it says',
  async (file) => {
    const comment = macroText(file).split('\n\n')[0]!;
    expect(comment.split('\n').every((line) => line.startsWith('-- '))).toBe(true);
    expect(comment).toMatch(/^-- Source: /m);
    expect(examples(file).length).toBeGreaterThan(0);
    for (const { sql, results } of examples(file)) {
      const [row] = await rows(sql);
      expect(row, sql).toBeDefined();
      const values = Object.values(row!);
      results.forEach((result, i) => {
        if (result.startsWith('[')) expect(values[i], sql).toEqual(JSON.parse(result));
        else if (Number.isNaN(Number(result))) expect(String(values[i]), sql).toBe(result);
        else
          expect(Math.abs(values[i] - Number(result)), sql).toBeLessThanOrEqual(
            0.51 * 10 ** -(result.split('.')[1]?.length ?? 0),
          );
      });
    }
  },
);

test('every macro is listed, created and explained, and no name is used twice', async () => {
  const created = await rows(
    "select distinct function_name as name, comment from duckdb_functions() where not internal and function_type like '%macro'",
  );
  expect(created.map(({ name }) => name).sort()).toEqual([...macroNames].sort());
  expect(new Set(macroNames).size).toBe(macroNames.length);
  expect(created.filter(({ comment }) => !comment).map(({ name }) => name)).toEqual([]);
});

const HOSTILE = [0, 'null', -1, 1, 0.5, 2, 100, 1e9, 1e-9, "'nan'", "'infinity'", "'-infinity'"];

test('no macro of plain numbers raises an error, whatever the numbers', async () => {
  const macros = await rows(`select function_name as name, len(parameters) as parameters from duckdb_functions()
    where not internal and function_type = 'macro' and function_name not in ('gini', 'dissimilarity', 'cochran_armitage', 'markov_step',
      'sen_slope', 'spc_assurance', 'noisy_score_limit', 'binomial_half_quantile') and function_name not like 'mann_kendall%'`);
  expect(macros.length).toBeGreaterThan(45);
  const random = seededRandom(8);
  for (const { name, parameters } of macros) {
    const columns = Array.from({ length: parameters }, (_, i) => `c${i}`);
    const calls = Array.from({ length: 500 }, (_, call) =>
      columns.map(
        () => `${call < HOSTILE.length ? HOSTILE[call] : HOSTILE[Math.floor(random() * HOSTILE.length)]}::double`,
      ),
    );
    const answers = rows(
      `select ${name}(${columns}) as answer from (values ${calls.map((call) => `(${call})`)}) calls(${columns})`,
    );
    await expect(answers, name).resolves.toHaveLength(500);
    for (const literals of calls.slice(0, 9)) {
      await expect(
        rows(`select ${name}(${literals.map((literal) => literal.replace('::double', ''))}) as answer`),
        name,
      ).resolves.toHaveLength(1);
    }
  }
});

test('a closed file keeps its macros, and they work read-only without file access', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'macros-'));
  try {
    const path = join(folder, 'release.duckdb');
    const made = await DuckDBInstance.create(path);
    const writer = await made.connect();
    await createMacros(writer);
    await createMacros(writer);
    await writer.run('create table points as select i as t, i % 3 as y from range(24) r(i)');
    writer.closeSync();
    made.closeSync();
    const opened = await DuckDBInstance.create(path, { access_mode: 'READ_ONLY', enable_external_access: 'false' });
    const reader = await opened.connect();
    const count = async (sql: string) => (await reader.runAndReadAll(sql)).getRows()[0]![0];
    expect(await count("select count(*) from xmr('points')")).toBe(24n);
    expect(await count("with p as (select t as y, t from points) select count(*) from xmr('p')")).toBe(24n);
    expect(await count('select round(wilson_lower(65, 100), 4)')).toBe(0.5525);
    reader.closeSync();
    opened.closeSync();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('macros of an attached file work after use', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'macros-'));
  try {
    const session = await (await DuckDBInstance.create(':memory:')).connect();
    await session.run(`attach '${join(folder, 'release.duckdb')}' as release_file; use release_file`);
    await createMacros(session);
    await session.run("with people as (select 3 as exit, true as event) from kaplan_meier('people')");
    await session.run('use memory; detach release_file');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const readme = readFileSync(new URL('../macros/README.md', import.meta.url), 'utf8');

test.each(macroFiles)('the README lists %s', (file) => {
  expect(readme).toMatch(new RegExp(`^\\|.*\`${file.slice(0, -4)}\`.* \\|`, 'm'));
});
