import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildData } from '../../test/fixture.ts';
import type { Json } from '../../test/json.ts';
import { everyone } from '../identity/asker.ts';
import { run } from '../../test/run.ts';
import { Releases } from '../release/releases.ts';

const asking = (releases: Releases) => async (document: string) => {
  const { answer } = await run(document, {}, everyone, releases);
  expect(answer.errors).toBeUndefined();
  return answer.data as Record<string, Json>;
};
const range = 'period: { range: { grain: QUARTER, from: "2025-03", to: "2025-12" } }';

// Northern Ireland sent nothing of June 2025.
describe('a quarter of which a nation sent no snapshot', () => {
  let releases: Releases;
  let remove: () => void;
  let ask: ReturnType<typeof asking>;
  beforeAll(async () => {
    const built = await buildData();
    remove = built.remove;
    releases = await Releases.once(built.data);
    ask = asking(releases);
  });
  afterAll(async () => {
    await releases.close();
    remove();
  });

  it('has no figure of the United Kingdom, and the answer says why', async () => {
    const { staff } = await ask(
      `{ staff(${range}) { ... on StaffTable { rows { period { end } headcount { value status display } } warnings { code message } } } }`,
    );
    const [march, june, september, december] = staff.rows.map(({ headcount }: Json) => headcount);
    expect(june).toEqual({ value: null, status: 'NOT_AVAILABLE', display: '[x]' });
    for (const other of [march, september, december]) expect(other).toMatchObject({ status: 'OK' });
    const told = staff.warnings.filter(({ code }: Json) => code === 'INCOMPLETE');
    expect(told).toHaveLength(1);
    expect(told[0].message).toMatch(/^Northern Ireland sent no snapshot of 2025-06-30: .* nor for the United Kingdom/);
  });

  it('has no movements to it, nor from it', async () => {
    const { turnover } = await ask(
      `{ turnover(${range}) { ... on TurnoverTable { rows { leavers { status } leaverRate { value status } } } } }`,
    );
    expect(turnover.rows.map(({ leavers }: Json) => leavers.status)).toEqual([
      ...['NOT_AVAILABLE', 'NOT_AVAILABLE', 'NOT_AVAILABLE'],
      'OK',
    ]);
    expect(turnover.rows[2].leaverRate).toEqual({ value: null, status: 'NOT_AVAILABLE' });
  });

  it('has the figures of the other nations, alone and together, and no total with it', async () => {
    const june = 'period: { at: { end: "2025-06" } }';
    const { nations, some, all } = await ask(
      `{ nations: staff(by: [NATION], totals: true, ${june}) { ... on StaffTable { rows { isTotal area { code } headcount { status } } } }
         some: staff(where: { nation: [ENGLAND, WALES] }, ${june}) { ... on StaffTable { rows { headcount { status } } warnings { code } } }
         all: staff(where: { nation: [ENGLAND, NORTHERN_IRELAND] }, ${june}) { ... on StaffTable { rows { headcount { status } } warnings { code } } } }`,
    );
    const status = Object.fromEntries(
      nations.rows.map(({ isTotal, area, headcount }: Json) => [isTotal ? 'total' : area.code, headcount.status]),
    );
    expect(status).toEqual({
      ...{ england: 'OK', scotland: 'OK', wales: 'OK' },
      ...{ northern_ireland: 'NOT_AVAILABLE', total: 'NOT_AVAILABLE' },
    });
    expect(some.rows[0].headcount.status).toBe('OK');
    expect(some.warnings.map(({ code }: Json) => code)).not.toContain('INCOMPLETE');
    expect(all.rows[0].headcount.status).toBe('NOT_AVAILABLE');
  });
});

describe('a release in which Northern Ireland counts once a year, in March', () => {
  const home = mkdtempSync(join(tmpdir(), 'ahp-census-'));
  let releases: Releases;
  let ask: ReturnType<typeof asking>;
  beforeAll(async () => {
    const root = new URL('../../../', import.meta.url).pathname;
    // One secret for all runs: what is withheld is then the same.
    const env = { ...process.env, AHP_SECRET: '940c5e50096f15cccb9d72346ac6e5a96a005563a4cc70c6f7161243f1bbeb51' };
    const etl = (...words: string[]) =>
      execFileSync(process.execPath, ['etl/src/cli.ts', ...words], { cwd: root, stdio: 'pipe', env });
    const extracts = join(home, 'extracts');
    etl('sample', '--people', '1500', '--months', '25', '--seed', '5', '--out', extracts);
    const organisations = readFileSync(join(extracts, 'organisations-synthetic.csv'), 'utf8').split('\n');
    const northern = new Set(
      [...organisations, ...readFileSync(join(root, 'sql/reference/organisation.csv'), 'utf8').split('\n')]
        .filter((line) => line.includes(',northern_ireland,'))
        .map((line) => line.split(',')[0]!),
    );
    for (const name of readdirSync(extracts).filter((file) => /^workforce-\d{4}-(?!03)/.test(file))) {
      const rows = readFileSync(join(extracts, name), 'utf8').split('\n');
      writeFileSync(join(extracts, name), rows.filter((row) => !northern.has(row.split(',')[3]!)).join('\n'));
    }
    etl('build', '--extracts', extracts, '--data', join(home, 'data'));
    releases = await Releases.once(join(home, 'data'));
    ask = asking(releases);
  });
  afterAll(async () => {
    await releases?.close();
    rmSync(home, { recursive: true, force: true });
  });

  it.each(['', 'by: [NATION], where: { nation: [NORTHERN_IRELAND] }, '])(
    'has figures of the United Kingdom, and of it, for March and for years alone (%s)',
    async (of) => {
      const { staff, turnover, years } = await ask(
        `{ staff(${of}period: { last: { grain: QUARTER, count: 9 } }) { ... on StaffTable { rows { period { end } headcount { status } } } }
           turnover(${of}period: { last: { grain: QUARTER, count: 8 } }) { ... on TurnoverTable { rows { leavers { status } } } }
           years: turnover(${of}period: { last: { grain: YEAR, count: 2 } }) { ... on TurnoverTable { rows { headcountStart { status } headcountEnd { status } leaverRate { status } } } } }`,
      );
      expect(staff.rows.length).toBe(9);
      for (const { period, headcount } of staff.rows)
        expect(headcount.status, period.end).toBe(period.end.slice(5, 7) === '03' ? 'OK' : 'NOT_AVAILABLE');
      expect(new Set(turnover.rows.map(({ leavers }: Json) => leavers.status))).toEqual(new Set(['NOT_AVAILABLE']));
      expect(years.rows).toHaveLength(2);
      for (const { headcountStart, headcountEnd, leaverRate } of years.rows)
        for (const figure of [headcountStart, headcountEnd, leaverRate])
          expect(figure.status).not.toBe('NOT_AVAILABLE');
    },
  );

  it('has England every quarter', async () => {
    const { staff } = await ask(
      `{ staff(where: { nation: [ENGLAND] }, period: { last: { grain: QUARTER, count: 9 } }) { ... on StaffTable { rows { headcount { status } } warnings { code } } } }`,
    );
    expect(new Set(staff.rows.map(({ headcount }: Json) => headcount.status))).toEqual(new Set(['OK']));
    expect(staff.warnings.map(({ code }: Json) => code)).not.toContain('INCOMPLETE');
  });
});
