import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAsking, type Asking } from '../../test/ask.ts';
import type { Json } from '../../test/json.ts';

// Damson Trust (RDD, region Y63) went into Beech Trust (RBB, region Y60) at the end of 2025.
let asking: Asking;
const ask = (...question: Parameters<Asking['ask']>) => asking.ask(...question);
beforeAll(async () => {
  asking = await startAsking();
});
afterAll(() => asking.close());

const rows = (args: string, fields: string) =>
  `{ turnover(${args}) { ... on TurnoverTable { rows { area { code label } period { end } ${fields} } warnings { code message } cost } ... on QueryRefused { message code } } }`;
const quarters = 'period: { last: { count: 5, grain: QUARTER } }';
const fields = 'headcount: headcountEnd { value status noise { cells } } leavers { value }';
const byPeriod = ({ turnover }: Json) => new Map<string, Json>(turnover.rows.map((row: Json) => [row.period.end, row]));

describe('organisations as of today', () => {
  test('what went into an organisation is added to it while it reported, and adds neither people nor noise after', async () => {
    const alone = async (code: string) =>
      byPeriod(await ask(rows(`where: { organisation: ["${code}"] }, ${quarters}`, fields)));
    const [beech, damson] = [await alone('RBB'), await alone('RDD')];
    const today = await ask(
      rows(`where: { organisation: ["RBB"] }, organisationView: AS_OF_TODAY, ${quarters}`, fields),
    );
    const merged = byPeriod(today);
    expect([...merged.keys()]).toEqual([...beech.keys()]);
    for (const [end, row] of merged) {
      expect(row.area).toEqual({ code: 'RBB', label: 'Beech Trust' });
      const before = end <= '2025-12-31';
      expect(row.headcount.value).toBe(
        beech.get(end)!.headcount.value + (before ? damson.get(end)!.headcount.value : 0),
      );
      const leavers = beech.get(end)!.leavers.value;
      expect(row.leavers.value).toBe(leavers === null ? null : leavers + (before ? damson.get(end)!.leavers.value : 0));
      expect(row.headcount.noise.cells).toBe(before ? 2 : 1);
    }
    expect([...merged.keys()].filter((end) => end <= '2025-12-31')).toHaveLength(4);
  });

  test('the code of one that went into another finds the other', async () => {
    const asked = async (code: string) =>
      (await ask(rows(`where: { organisation: ["${code}"] }, organisationView: AS_OF_TODAY, ${quarters}`, fields)))
        .turnover;
    expect((await asked('RDD')).rows).toEqual((await asked('RBB')).rows);
    const both = (await ask(rows(`where: { organisation: ["RBB", "RDD"] }, organisationView: AS_OF_TODAY`, fields)))
      .turnover;
    expect(both.rows.map(({ area }: Json) => area.code)).toEqual(['RBB']);
  });

  test('each organisation of today has one row, in the region where it is today', async () => {
    const codes = async (view: string) =>
      (
        await ask(
          rows(
            `by: [ORGANISATION], where: { region: ["Y60"] }, organisationView: ${view}, period: { at: { end: "2025-06" } }`,
            fields,
          ),
        )
      ).turnover.rows.map(({ area, headcount }: Json) => [area.code, headcount.noise.cells]);
    expect(await codes('AS_AT_THE_TIME')).toEqual([
      ['RAA', 1],
      ['RBB', 1],
    ]);
    expect(await codes('AS_OF_TODAY')).toEqual([
      ['RAA', 1],
      ['RBB', 2],
    ]);
  });

  test('nothing is lost or doubled: the rows of a nation add up to the same either way', async () => {
    const total = async (view: string) =>
      (
        await ask(
          rows(
            `by: [ORGANISATION], where: { nation: [ENGLAND] }, organisationView: ${view}, period: { at: { end: "2025-06" } }`,
            fields,
          ),
        )
      ).turnover.rows.reduce((sum: number, { headcount }: Json) => sum + headcount.value, 0);
    expect(await total('AS_OF_TODAY')).toBe(await total('AS_AT_THE_TIME'));
  });

  test('an answer says who took over from whom, and how to follow them through', async () => {
    const warning = async (view: string) =>
      (await ask(rows(`where: { organisation: ["RBB"] }, organisationView: ${view}`, fields))).turnover.warnings.find(
        ({ code }: Json) => code === 'SUCCESSION',
      )?.message;
    expect(await warning('AS_AT_THE_TIME')).toBe(
      'Beech Trust took over from Damson Trust: as at the time, each has its own figures; `organisationView: AS_OF_TODAY` follows them through.',
    );
    expect(await warning('AS_OF_TODAY')).toBe(
      'Beech Trust took over from Damson Trust: what they published is added up, and so is its protection.',
    );
    const { turnover } = await ask(rows('where: { organisation: ["RCC"] }', fields));
    expect(turnover.warnings.map(({ code }: Json) => code)).not.toContain('SUCCESSION');
  });

  test('a comparison with the period before has the organisations of that period', async () => {
    const { turnover } = await ask(
      rows(
        'where: { organisation: ["RBB"] }, organisationView: AS_OF_TODAY, compare: { previous: true }, period: { at: { end: "2026-03" } }',
        'headcount: headcountEnd { value comparison { value } }',
      ),
    );
    const before = byPeriod(
      await ask(rows(`where: { organisation: ["RBB"] }, organisationView: AS_OF_TODAY, ${quarters}`, fields)),
    );
    expect(turnover.rows[0].headcount.comparison.value).toBe(before.get('2025-12-31')!.headcount.value);
  });

  test('as at the time, the figures before and after a merger are marked and not compared', async () => {
    const asked = async (view: string) => {
      const { turnover } = await ask(
        rows(
          `where: { organisation: ["RBB"] }, organisationView: ${view}, compare: { previous: true }, period: { at: { end: "2026-03" } }`,
          'headcount: headcountEnd { flags breaks { statement } comparison { verdict statement } }',
        ),
      );
      return turnover.rows[0].headcount;
    };
    const [time, today] = [await asked('AS_AT_THE_TIME'), await asked('AS_OF_TODAY')];
    const told = 'Beech Trust took over from Damson Trust, from 1 January 2026';
    expect(time).toMatchObject({
      flags: expect.arrayContaining(['BREAK']),
      breaks: [{ statement: told }],
      comparison: { verdict: 'NOT_COMPARABLE', statement: expect.stringContaining(told) },
    });
    expect(today.breaks).toEqual([]);
    expect(today.comparison.verdict).not.toBe('NOT_COMPARABLE');
  });

  test('a control chart goes through the merger', async () => {
    const points = async (view: string) =>
      (
        await ask(
          `{ spc(where: { organisation: ["RBB"] }, measure: JOINER_RATE, organisationView: ${view}) { ... on SpcChart { points { period { end } figure { denominator } } } ... on QueryRefused { message } } }`,
        )
      ).spc.points.map(({ figure }: Json) => figure.denominator);
    const [time, today] = [await points('AS_AT_THE_TIME'), await points('AS_OF_TODAY')];
    expect(today).toHaveLength(time.length);
    expect(today[0]).toBeGreaterThan(time[0]);
    expect(today.at(-1)).toBe(time.at(-1));
  });

  test('an employer’s own figures stay those of its own code', async () => {
    const { turnover } = await ask(
      rows('organisationView: AS_OF_TODAY', fields),
      {},
      { audience: 'own', organisations: ['RBB'] },
    );
    expect(turnover).toMatchObject({ code: 'NOT_YOURS' });
  });

  test('an organisation names those that it took over from, and they name it', async () => {
    const { took, went } = await ask(
      '{ took: organisation(code: "RBB") { successor predecessors { code } } went: organisation(code: "RDD") { successor predecessors { code } } }',
    );
    expect(took).toEqual({ successor: null, predecessors: [{ code: 'RDD' }] });
    expect(went).toEqual({ successor: 'RBB', predecessors: [] });
  });
});
