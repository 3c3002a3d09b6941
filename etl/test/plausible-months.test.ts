import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openWorkshop, rowsOf } from '@ahp/sql/open';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDecisions, recordDecisions } from '../src/plausibility/decisions.ts';
import { judge, type Deciding } from '../src/plausibility/judge.ts';
import { leaveOut } from '../src/plausibility/leave-out.ts';
import { Progress } from '../src/progress.ts';
import { admit, takeFiles } from '../src/steps/admit.ts';
import { conform } from '../src/steps/conform.ts';
import { etl } from './etl.ts';

let folder: string;
let connection: DuckDBConnection;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'months-'));
  const extracts = join(folder, 'good');
  const made = await etl(['sample', '--people', '800', '--months', '14', '--seed', '11', '--out', extracts]);
  expect(made.code).toBe(0);
  connection = await (await openWorkshop(':memory:')).connect();
  const progress = new Progress({ quiet: true });
  const { loaded } = await takeFiles(connection, [extracts], join(folder, 'kept'), progress, {});
  const admitted = await admit(connection, loaded, null, progress, {});
  expect(admitted.refusals).toEqual([]);
  await connection.run('create table good as from workforce');
}, 60_000);
afterAll(() => {
  connection.closeSync();
  rmSync(folder, { recursive: true, force: true });
});

const latest = "period_end = date '2026-03-31'";

/** Puts the good months back, with another latest one made by these statements. */
async function varied(...statements: string[]): Promise<void> {
  await connection.run('delete from workforce; delete from quarantine; insert into workforce from good');
  for (const statement of statements) await connection.run(statement);
}

const judged = async (deciding: Deciding = {}) => {
  await conform(connection, () => {});
  return judge(connection, deciding);
};
const found = async (deciding: Deciding = {}) => {
  const { refusal } = await judged(deciding);
  return (refusal?.details ?? []).flatMap((line) => /^`([^`]+)`/.exec(line)?.[1] ?? []);
};

const bank = `update workforce set contract_type = 'bank' where ${latest}`;

describe('a month that can’t be true', () => {
  const kinds: Record<string, [statements: string[], check: string]> = {
    'with two rows of five missing': [[`delete from workforce where ${latest} and line % 5 < 2`], 'lost'],
    'that is the month before under its date': [
      [
        `delete from workforce where ${latest}`,
        `insert into workforce select * replace (date '2026-03-31' as period_end) from good where period_end = '2026-02-28'`,
      ],
      'unchanged',
    ],
    'of bank contracts alone': [[bank], 'values'],
    'with a tenth of the FTE': [[`update workforce set contracted_fte = contracted_fte / 10 where ${latest}`], 'fte'],
    'with the sexes exchanged': [
      [
        `update workforce set sex = case sex::varchar when 'female' then 'male' when 'male' then 'female' end where ${latest}`,
      ],
      'values',
    ],
    'with every post twice': [
      [`insert into workforce select * replace (assignment_id || 'X' as assignment_id) from good where ${latest}`],
      'posts',
    ],
    'with the ages of a fifth blank': [
      [`update workforce set age_band = null where ${latest} and hash(person_id) % 5 = 0`],
      'values',
    ],
    'in place of the month before, and that in place of it': [
      [
        `delete from workforce where period_end >= '2026-02-28'`,
        `insert into workforce select * replace (if(${latest}, date '2026-02-28', date '2026-03-31') as period_end) from good where period_end >= '2026-02-28'`,
      ],
      'undone',
    ],
  };
  test.each(Object.entries(kinds))('%s is refused by name', async (_, [statements, check]) => {
    await varied(...statements);
    const names = await found();
    expect(names).toContain(`${check}:england:2026-03`);
    expect(names.filter((name) => !/:2026-0[23]$/.test(name))).toEqual([]);
  });

  const short = `delete from workforce where period_end < '2025-12-31'`;
  test.each(Object.entries(kinds))(
    '%s is refused too where only three months are before it',
    async (_, [statements, check]) => {
      await varied(short, ...statements);
      const names = await found();
      expect(names).toContain(`${check}:england:2026-03`);
      expect(names.filter((name) => !/:2026-0[23]$/.test(name))).toEqual([]);
    },
  );

  test('that is the only month before under its date is refused', async () => {
    await varied(
      `delete from workforce where period_end < '2026-02-28'`,
      ...kinds['that is the month before under its date']![0],
    );
    expect(await found()).toContain('unchanged:england:2026-03');
  });

  test('says what is usual by the months before it, and nothing where there are none', async () => {
    const missing = kinds['with two rows of five missing']![0];
    await varied(short, ...missing);
    expect((await judged()).refusal!.details.find((line) => line.startsWith('`lost:england'))).toMatch(
      /\(usually \d, stops at \d\d\)/,
    );
    await varied(`delete from workforce where period_end < '2026-02-28'`, ...missing);
    expect((await judged()).refusal!.details.find((line) => line.startsWith('`lost:england'))).toMatch(
      /\(stops at \d\d\)/,
    );
  });

  test('says what is wrong, how much is usual, and every way on', async () => {
    await varied(`delete from workforce where ${latest} and organisation_code = '7Z1' and line % 5 < 2`);
    const { refusal } = await judged();
    expect(refusal!.details[0]).toMatch(
      /^`lost:(7Z1|wales):2026-03` \d+ of February’s \d+ people aren’t in March \(usually \d+, stops at \d+\); (none has|1 has|\d+ have) a leaving date\. Rows may be missing: ask again\.$/,
    );
    expect(refusal!.details.at(-1)).toMatch(/^Send a corrected file; .*--accept lost:\S+ --because/);
  });
});

test('rows of one employer that are quarantined are its own, though its file is of many', async () => {
  const some = `${latest} and organisation_code = '7Z1' and line % 4 = 0`;
  await varied(
    `insert into quarantine by name select source_file, line, 'band' as column_name, 'is not in the code list' as reason, organisation_code as organisation, period_end from workforce where ${some}`,
    `delete from workforce where ${some}`,
  );
  const names = (await found()).filter((name) => name.startsWith('quarantined'));
  expect(names.length).toBe(1);
  expect(['quarantined:7Z1:2026-03', 'quarantined:wales:2026-03']).toContain(names[0]);
});

test('clean months, few or many, and an employer that sends nothing, have no finding', async () => {
  await varied();
  expect(await found()).toEqual([]);
  for (const first of ['2025-10-31', '2025-12-31', '2026-01-31', '2026-02-28']) {
    await varied(`delete from workforce where period_end < '${first}'`);
    expect(await found(), `from ${first}`).toEqual([]);
  }
  await varied();
  await varied(`delete from workforce where ${latest} and organisation_code = 'Z00'`);
  expect(await found()).toEqual([]);
});

describe('a finding', () => {
  const because = ['All were moved to the bank'];

  test('is accepted by its whole name and with a reason; other names are refused', async () => {
    await varied(bank);
    const names = await found();
    expect(await found({ accept: names, because })).toEqual([]);
    expect(await found({ accept: names.slice(1), because })).toEqual(names.slice(0, 1));
    await expect(judged({ accept: ['values:*'], because })).rejects.toMatchObject({ code: 'unknown_finding' });
    await expect(judged({ accept: names })).rejects.toMatchObject({ code: 'because_missing' });
  });

  test('once accepted stays so for the same rows, and is asked again for others', async () => {
    const data = mkdtempSync(join(folder, 'data-'));
    await varied(bank);
    const { decisions } = await judged({ accept: await found(), because });
    recordDecisions(data, 'Ann', decisions);
    expect(await found({ data })).toEqual([]);
    await varied(bank, `delete from workforce where ${latest} and line = 2`);
    expect((await found({ data })).length).toBeGreaterThan(0);
  });

  test('that is accepted tells readers its share to the nearest tenth and the reason, and no number', async () => {
    await varied(`delete from workforce where ${latest} and line % 5 < 2`);
    await judged({ accept: await found(), because: ['Wards closed'] });
    const rows = await rowsOf(
      connection,
      `select share, note from accepted_finding where name = 'lost:england:2026-03'`,
    );
    expect(rows).toEqual([
      {
        share: expect.closeTo(0.4, 1),
        note: expect.stringMatching(
          /^in March 2026 about [345]0 % of people were gone from one month to the next; accepted: Wards closed$/,
        ),
      },
    ]);
  });

  test('of an employer that is left out is gone, and the employer silent', async () => {
    await varied(`${bank} and organisation_code = 'Z00'`);
    expect(await found()).toContain('values:Z00:2026-03');
    await leaveOut(connection, ['Z00:2026-03']);
    expect(await found()).toEqual([]);
    const silent = await rowsOf(connection, `select received from reporting where organisation = 'Z00' and ${latest}`);
    expect(silent).toEqual([{ received: false }]);
    await expect(leaveOut(connection, ['Z00:2027-01'])).rejects.toMatchObject({ code: 'nothing_left_out' });
  });
});

test('the log of decisions is added to and read whole', () => {
  const data = mkdtempSync(join(folder, 'log-'));
  recordDecisions(data, 'Ann', [{ what: 'left out', of: 'RAX:2026-03' }]);
  recordDecisions(data, 'Bob', [
    { what: 'accepted', of: 'lost:RAX:2026-03', because: 'Ward closed', fingerprint: 'f' },
  ]);
  expect(readDecisions(data).map(({ by, of }) => `${by} ${of}`)).toEqual(['Ann RAX:2026-03', 'Bob lost:RAX:2026-03']);
});
