import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAsking, type Asking } from '../../test/ask.ts';
import type { Json } from '../../test/json.ts';

let asking: Asking;
beforeAll(async () => {
  asking = await startAsking();
});
afterAll(() => asking.close());

const row =
  'area { code } period { label } staffGroup { code } start { value } joiners { value } leavers { value } otherIn { value } otherOut { value } end { value } expected { value display } unexplained { value display noise { sd } } tolerance { value unit display } alert display';
const ask = async (args: string) =>
  (
    await asking.ask(
      `{ reconciliation${args} { ... on ReconciliationTable { source rowCount balanced organisations statement national { ${row} } rows { ${row} } } ... on QueryRefused { code problems { code } alternatives { query } } } }`,
    )
  ).reconciliation;

test('published figures are set against each other per organisation, the largest difference first', async () => {
  const table = await ask('(source: PUBLISHED)');
  expect(table).toMatchObject({ source: 'PUBLISHED', rowCount: 4, balanced: 3, organisations: 3 });
  expect(table.rows[0]).toMatchObject({
    area: { code: 'RBB' },
    period: { label: 'Year to November 2025' },
    start: { value: 300 },
    joiners: { value: 40 },
    leavers: { value: 30 },
    end: { value: 280 },
    otherIn: null,
    expected: { value: 310, display: '310' },
    unexplained: { value: -30, display: '−30', noise: null },
    tolerance: { value: 9, unit: 'people', display: '9.0' },
    alert: true,
    display: '310 expected, 280 found: −30 unexplained',
  });
  expect(table.rows.map(({ unexplained }: Json) => Math.abs(unexplained.value))).toEqual([30, 3, 0, 0]);
  expect(table.national).toMatchObject({
    area: { code: 'england' },
    expected: { value: 1020 },
    unexplained: { value: -1 },
    alert: false,
  });
});

test('a small organisation is allowed five people, a large one 3 %', async () => {
  const { rows } = await ask('(source: PUBLISHED)');
  expect(
    Object.fromEntries(
      rows.map(({ area, staffGroup, tolerance }: Json) => [`${area.code} ${staffGroup.code}`, tolerance.value]),
    ),
  ).toEqual({
    'RBB support_to_st_and_t': 9,
    'RCC support_to_st_and_t': 5,
    'RAA support_to_st_and_t': 12,
    'RAA all_staff': 120,
  });
});

test('a filter narrows it, and a page is cut from the whole', async () => {
  const one = await ask('(source: PUBLISHED, where: { organisation: ["RAA"], staffGroup: ["all_staff"] })');
  expect(one.rows).toHaveLength(1);
  const page = await ask('(source: PUBLISHED, first: 1, offset: 1)');
  expect([page.rowCount, page.rows.length, page.rows[0].area.code]).toEqual([4, 1, 'RCC']);
});

test('in protected cells every way in and out is counted, and what is left is put beside its noise', async () => {
  const table = await ask('(where: { organisation: ["RAA"] })');
  const [{ start, joiners, leavers, otherIn, otherOut, end, expected, unexplained, tolerance }] = table.rows;
  expect(expected.value).toBe(start.value + joiners.value + otherIn.value - leavers.value - otherOut.value);
  expect(unexplained.value).toBe(end.value - expected.value);
  expect(unexplained.noise.sd).toBeCloseTo(Math.sqrt(8 * 6.25), 12);
  expect(tolerance.value).toBeCloseTo(3 * unexplained.noise.sd, 12);
  expect(table.statement).toContain(
    'the protection of the figures, whose standard deviation is given with every row and 3 of which make an alert',
  );
  expect(table.statement).toContain('organisations that sent nothing at one end of the period');
});

test('a question without an answer offers one that has', async () => {
  const refused = await ask('(where: { organisation: ["NOPE"] })');
  expect(refused.code).toBe('UNKNOWN_AREA');
  for (const { query } of refused.alternatives)
    expect((await asking.ask(query)).reconciliation).not.toHaveProperty('problems');
});
