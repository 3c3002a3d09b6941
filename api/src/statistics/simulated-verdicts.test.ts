import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { macroDatabase } from './macro-database.ts';
import { audiences, simulateVerdicts, sizes, type SimulatedVerdicts } from './simulated-verdicts.ts';

const nominal = 0.05;
const mostFalse = (employers: number) => nominal + 3 * Math.sqrt((nominal * (1 - nominal)) / employers);

test('where nothing happens, charts hold their stated rate of false verdicts; where twice as many leave, larger employers are found', async () => {
  const database = await macroDatabase();
  const found = await simulateVerdicts(database, { employers: 120, seed: 3 });
  await database.close();
  expect(found).toHaveLength(audiences.length * sizes.length);
  for (const one of found) expect(one.falseVerdicts, JSON.stringify(one)).toBeLessThanOrEqual(mostFalse(120) + 0.03);
  const power = (audience: string, people: number) =>
    found.find((one) => one.audience === audience && one.people === people)!.power;
  for (const { id } of audiences) expect(power(id, 300)).toBeGreaterThan(power(id, 40));
  expect(power('own', 300)).toBeGreaterThan(0.9);
}, 60_000);

test('the tables that /methods prints keep the stated rate', () => {
  const file = new URL('../../../dashboard/src/lib/methods/verdicts.json', import.meta.url);
  const table = JSON.parse(readFileSync(file, 'utf8')) as SimulatedVerdicts[];
  expect(table.map(({ audience, people }) => `${audience} ${people}`)).toEqual(
    audiences.flatMap(({ id }) => sizes.map((people) => `${id} ${people}`)),
  );
  for (const one of table) expect(one.falseVerdicts, JSON.stringify(one)).toBeLessThanOrEqual(0.08);
});
