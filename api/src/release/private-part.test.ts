import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { openWorkshop } from '@ahp/sql/open';
import { ownFolder } from '@ahp/sql/own-files';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildData, type Built } from '../../test/fixture.ts';
import { sealPrivatePart } from '../../test/private-part.ts';
import { ownOf } from '../identity/asker.ts';
import { Releases } from './releases.ts';

let built: Built;
beforeAll(async () => {
  built = await buildData();
});
afterAll(() => built.remove());

async function cellsOf(organisation: string): Promise<number> {
  const releases = await Releases.once(built.data);
  const held = (await releases.acquire(null, ownOf([organisation])))!;
  const { total } = await held.release.db
    .selectFrom('cell')
    .select(({ fn }) => fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  held.done();
  await releases.close();
  return Number(total);
}

test('an employer whose cells were written in several files has all of them, and nobody else’s', async () => {
  const [mine, theirs] = [await cellsOf('RAA'), await cellsOf('RBB')];
  const folder = join(built.data, 'private', '1.0.0', ownFolder('cell', 'RAA'));
  const whole = join(folder, 'whole.parquet');
  renameSync(join(folder, 'data_0.parquet'), whole);
  const instance = await openWorkshop(':memory:');
  const connection = await instance.connect();
  for (const part of [0, 1])
    await connection.run(
      `copy (select * exclude (n) from (select *, row_number() over () as n from read_parquet('${whole}', hive_partitioning = false)) where n % 2 = ${part})
       to '${join(folder, `data_${part}.parquet`)}' (format parquet)`,
    );
  instance.closeSync();
  renameSync(whole, join(built.data, 'whole.parquet'));
  sealPrivatePart(built.data, '1.0.0');
  expect(mine).toBeGreaterThan(100);
  expect(await cellsOf('RAA')).toBe(mine);
  expect(await cellsOf('RBB')).toBe(theirs);
});
