import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAsking, type Asking } from '../../test/ask.ts';
import type { Json } from '../../test/json.ts';
import { everyone, ownOf } from '../identity/asker.ts';

let api: Asking;
beforeAll(async () => {
  api = await startAsking();
});
afterAll(() => api.close());

const fields =
  '... on StaffTable { audience { id } warnings { code message } rows { audience { id } area { code } profession { code } headcount { value noise { sd } } supportShare { comparison { value verdict audience { id } } } } } ... on QueryRefused { message problems { code } }';
const ask = async (args: string, as = ownOf(['RAA'])): Promise<Json> =>
  (await api.ask(`{ staff${args} { ${fields} } }`, {}, as)).staff;
const quarter = 'period: { last: { count: 1, grain: QUARTER } }';
const byAudience = (table: Json) => Object.fromEntries(table.rows.map((row: Json) => [row.area.code, row.audience.id]));

describe('whoever holds an employer’s own key', () => {
  test.each([
    ['names no place: its own figures', `(${quarter})`, { RAA: 'own' }],
    ['names itself: its own figures', `(${quarter}, where: { organisation: ["RAA"] })`, { RAA: 'own' }],
    ['names a nation: what everyone is told', `(${quarter}, where: { nation: [ENGLAND] })`, { england: 'public' }],
    [
      'asks by nation: what everyone is told',
      `(${quarter}, by: [NATION], where: { nation: [WALES] })`,
      { wales: 'public' },
    ],
    ['asks for the United Kingdom', `(${quarter}, level: UK)`, { uk: 'public' }],
    [
      'names another employer: what everyone is told',
      `(${quarter}, where: { organisation: ["RBB"] })`,
      { RBB: 'public' },
    ],
    [
      'asks for several: its own exact, the others as everyone is told',
      `(${quarter}, by: [ORGANISATION], where: { region: ["Y60"] })`,
      { RAA: 'own', RBB: 'public' },
    ],
  ])('%s', async (_, args, expected) => {
    expect(byAudience(await ask(args))).toEqual(expected);
  });

  test('reads of others what everyone reads, figure for figure, and of itself what it reads alone', async () => {
    const args = `(${quarter}, by: [ORGANISATION, PROFESSION])`;
    const [mixed, open, own] = [
      await ask(args),
      await ask(args, everyone),
      await ask(`(${quarter}, by: [PROFESSION])`),
    ];
    expect(mixed.rows).toHaveLength(open.rows.length);
    const keyOf = (row: Json) => `${row.area.code} ${row.profession.code}`;
    const alone = new Map<string, Json>(
      [...open.rows, ...own.rows].map((row: Json) => [`${row.audience.id} ${keyOf(row)}`, row]),
    );
    for (const row of mixed.rows) {
      expect(row.audience.id).toBe(row.area.code === 'RAA' ? 'own' : 'public');
      expect(row.headcount).toEqual(alone.get(`${row.audience.id} ${keyOf(row)}`)!.headcount);
    }
    expect(mixed.rows.some((row: Json) => row.audience.id === 'own' && row.headcount.noise === null)).toBe(true);
    expect(mixed.warnings).toContainEqual({ code: 'OWN', message: expect.stringContaining('not for publication') });
    expect(open.warnings.map(({ code }: Json) => code)).not.toContain('OWN');
  });

  test('is compared with what everyone is told of its nation, its peers and the United Kingdom', async () => {
    const told = await ask(`(${quarter}, where: { nation: [ENGLAND] })`, everyone);
    for (const compare of ['nation: true', 'uk: true', 'peers: NATION']) {
      const { rows } = await ask(`(${quarter}, compare: { ${compare} })`);
      expect(rows[0].audience.id).toBe('own');
      expect(rows[0].supportShare.comparison.audience.id).toBe('public');
    }
    expect(told.rows[0].headcount.noise.sd).toBeGreaterThan(0);
  });

  test('is compared in time with its own exact figures', async () => {
    const { rows } = await ask(`(${quarter}, compare: { previous: true })`);
    expect(rows[0].supportShare.comparison.audience.id).toBe('own');
  });

  test('of several employers has the exact rows of each', async () => {
    const table = await ask(`(${quarter}, by: [ORGANISATION], where: { nation: [ENGLAND] })`, ownOf(['RAA', 'RCC']));
    expect(byAudience(table)).toMatchObject({ RAA: 'own', RBB: 'public', RCC: 'own' });
  });
});
