import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildData, type Built } from '../../test/fixture.ts';
import type { CellsWanted } from './cell-reader.ts';
import { ownOf } from '../identity/asker.ts';
import { OwnCells } from './own-cells.ts';
import { Releases } from './releases.ts';

let built: Built;
let releases: Releases;
beforeAll(async () => {
  built = await buildData();
  releases = await Releases.once(built.data);
});
afterAll(async () => {
  await releases.close();
  built.remove();
});

const wanted: CellsWanted = {
  feed: null,
  set: '',
  grain: 'quarter',
  level: 'organisation',
  tallies: ['headcount'],
  areas: ['RAA'],
  withheld: false,
  from: '2026-03-31',
  to: '2026-03-31',
};

test('cells of one’s own employers are read, whoever else is wanted with them is refused, and official figures are everybody’s', async () => {
  const held = (await releases.acquire(null, ownOf(['RAA', 'RBB', 'RCC'])))!;
  const own = new OwnCells(held.release.cells, ['RAA', 'RCC']);
  expect((await own.read({ ...wanted, areas: ['RAA', 'RCC'] })).size).toBe(2);
  const others: Partial<CellsWanted>[] = [
    { areas: ['RBB'] },
    { areas: ['RAA', 'RBB'] },
    { level: 'nation', areas: ['england'] },
    { level: 'uk', areas: ['RAA'] },
  ];
  for (const change of others)
    await expect(own.read({ ...wanted, ...change })).rejects.toThrow('own figures of another employer');
  await expect(new OwnCells(held.release.cells, []).read(wanted)).rejects.toThrow('own figures of another employer');
  const official = {
    feed: 'nhse_turnover',
    set: 'staff_group',
    grain: 'year',
    areas: ['RBB'],
    from: '2025-11-30',
    to: '2025-11-30',
  } as const;
  expect((await own.read({ ...wanted, ...official })).size).toBeGreaterThan(0);
  held.done();
});
