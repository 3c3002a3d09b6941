import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkshop } from '@ahp/sql/open';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildData, type Built } from '../../test/fixture.ts';
import { OpenRelease } from './open-release.ts';

let built: Built;
beforeAll(async () => {
  built = await buildData();
});
afterAll(() => built.remove());

test('a release from before breaks and methods were listed is read as having none', async () => {
  const path = join(built.data, 'older.duckdb');
  copyFileSync(join(built.data, 'releases', '1.0.0', 'public.duckdb'), path);
  const instance = await openWorkshop(path);
  const connection = await instance.connect();
  for (const table of ['break', 'vacancy_method']) await connection.run(`drop table ${table}`);
  connection.closeSync();
  instance.closeSync();

  const open = await OpenRelease.open(path);
  const { breaks, holdings } = open.catalogue;
  expect(breaks).toEqual([]);
  expect(holdings[0]!.vacancyMethods.size).toBe(0);
  // Successions are told from the organisations and not from a list.
  const listed = holdings[0]!.periods.flatMap((period) => period.breaks).filter((one) => one.organisations === null);
  expect(listed).toEqual([]);
  open.retire();
});
