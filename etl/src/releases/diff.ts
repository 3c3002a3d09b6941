import { join } from 'node:path';
import { openWorkshop } from '@ahp/sql/open';
import { attachOwn } from '@ahp/sql/own-files';
import { Refusal } from '../refusal.ts';
import { differenceOf, sideOf, type Difference } from './difference.ts';
import { releaseFolder } from './folder.ts';
import { privateFolder } from './private-part.ts';
import { verifyRelease } from './verify.ts';

/** What changed from release `a` to release `b`, as `audience` may see it. Throws Refusal when one of them is absent or not whole. */
export async function diffReleases(data: string, a: string, b: string, audience: string): Promise<Difference> {
  for (const version of [a, b]) {
    const problems = await verifyRelease(data, version);
    if (problems.length > 0) throw new Refusal('damaged', `release ${version} cannot be compared.`, problems);
  }
  if (a === b) return { added: [], removed: [], relabelled: [], revised: [] };
  const instance = await openWorkshop(':memory:');
  const connection = await instance.connect();
  try {
    for (const [name, version] of [
      ['before', a],
      ['now', b],
    ] as const) {
      if (audience === 'own') await attachOwn(connection, privateFolder(data, version), name);
      else {
        const path = join(releaseFolder(data, version), `${audience}.duckdb`);
        await connection.run(`attach '${path.replaceAll("'", "''")}' as "${name}" (read_only)`);
      }
    }
    return await differenceOf(connection, await sideOf(connection, 'before'), await sideOf(connection, 'now'));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
