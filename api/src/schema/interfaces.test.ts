import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAsking, type Asking } from '../../test/ask.ts';
import type { Json } from '../../test/json.ts';

let asking: Asking;
beforeAll(async () => {
  asking = await startAsking();
});
afterAll(() => asking.close());

test('one fragment serves every subject, and every statistic for what it says of itself', async () => {
  const { staff, turnover, spc } = (await asking.ask(`
    { staff(by: [NATION, BAND]) { ...Rows ...About }
      turnover(by: [NATION, BAND]) { ...Rows ...About }
      spc { ...About } }
    fragment About on Answer { release { version } audience { id } warnings { code } cost }
    fragment Rows on Table { groupCount rows { isTotal area { code } category(of: BAND) { code } headcount: measure(name: HEADCOUNT) { value } } }`)) as Json;
  expect(staff.rows.length).toBeGreaterThan(20);
  expect(staff.rows[0].headcount.value).toBeGreaterThan(0);
  expect(turnover.rows.map(({ area, category }: Json) => `${area.code} ${category.code}`)).toEqual(
    staff.rows.map(({ area, category }: Json) => `${area.code} ${category.code}`),
  );
  for (const one of [staff, turnover, spc])
    expect(one).toMatchObject({ release: { version: '1.0.0' }, audience: { id: 'public' } });
  expect(spc.cost).toBeGreaterThan(0);
});

test('a measure by its name is the field of that name, with the same arguments, and null where the subject does not have it', async () => {
  const { turnover } = (await asking.ask(`
    { turnover(by: [NATION]) { ... on TurnoverTable { rows {
        leaverRate { value } byName: measure(name: LEAVER_RATE) { value }
        start: leaverRate(method: NES_START) { value } startByName: measure(name: LEAVER_RATE, method: NES_START) { value }
        elsewhere: measure(name: BAND_UP_RATE) { value } } } } }`)) as Json;
  expect(turnover.rows.length).toBeGreaterThan(3);
  for (const { leaverRate, byName, start, startByName, elsewhere } of turnover.rows as Json[])
    expect([byName, startByName, elsewhere]).toEqual([leaverRate, start, null]);
  expect(turnover.rows.some(({ leaverRate, start }: Json) => leaverRate.value !== start.value)).toBe(true);
});

test('an order is by a measure or by a dimension, and says so when it is by neither or both', async () => {
  const ask = async (order: string) =>
    (
      await asking.ask(
        `{ staff(by: [BAND], orderBy: [${order}]) { ... on StaffTable { rows { band { code } headcount { value } } } ... on QueryRefused { code message path } } }`,
      )
    ).staff as Json;
  const down = (await ask('{ measure: HEADCOUNT }')).rows.map(({ headcount }: Json) => headcount.value as number);
  expect(down).toEqual([...down].sort((a: number, b: number) => b - a));
  expect((await ask('{ dimension: BAND, direction: DESC }')).rows[0].band.code).not.toBe('band_2');
  for (const order of ['{ direction: ASC }', '{ measure: HEADCOUNT, dimension: BAND }'])
    expect(await ask(order)).toMatchObject({ code: 'UNKNOWN_ORDER', path: ['staff', 'orderBy', '0'] });
});

test('codes go in by variables as answers give them', async () => {
  const document =
    'query($bands: [Band!], $nations: [Nation!]) { staff(by: [NATION, BAND], where: { band: $bands, nation: $nations }) { ... on StaffTable { rows { area { code } band { code } } } } }';
  const first = (await asking.ask(document, { bands: ['BAND_3'], nations: ['WALES'] })).staff as Json;
  const [{ area, band }] = first.rows;
  expect(await asking.ask(document, { bands: [band.code], nations: [area.code] })).toEqual({ staff: first });
  const { errors } = await asking.answer(document, { bands: ['band_33'] });
  expect(errors![0]!.message).toContain('it must be of the enum Band');
});
