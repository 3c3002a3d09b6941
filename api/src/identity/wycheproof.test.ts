import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedData, skipReason } from '@ahp/sql/shared-data';
import { compactVerify, type JWK } from 'jose';
import { expect, test } from 'vitest';
import { signatures } from './access-file.ts';
import { IssuerKeys } from './issuer-keys.ts';

const part = 'hostile/wycheproof/testvectors_v1_json_web_signature_test.json';
const path = sharedData(part);
if (!path) console.warn(skipReason(part));

interface Group {
  comment: string;
  public?: JWK;
  private?: JWK;
  tests: { tcId: number; comment: string; jws: string; result: 'valid' | 'invalid' }[];
}

test.skipIf(!path)('no signature of Wycheproof’s that does not hold is taken, and no shared secret', async () => {
  const { testGroups } = JSON.parse(readFileSync(path!, 'utf8')) as { testGroups: Group[] };
  const folder = mkdtempSync(join(tmpdir(), 'ahp-vectors-'));
  const [taken, refused]: [string[], string[]] = [[], []];
  let tried = 0;
  for (const [index, group] of testGroups.entries()) {
    const file = join(folder, `${index}.json`);
    writeFileSync(file, JSON.stringify({ keys: [group.public ?? group.private] }));
    const keys = new IssuerKeys(file);
    for (const { tcId, comment, jws, result } of group.tests) {
      tried += 1;
      const holds = await compactVerify(jws, keys.find, { algorithms: signatures }).then(
        () => true,
        () => false,
      );
      if (holds && (result === 'invalid' || !group.public)) taken.push(`${tcId} ${group.comment}: ${comment}`);
      if (!holds && result === 'valid' && group.public) refused.push(`${tcId} ${group.comment}: ${comment}`);
    }
  }
  rmSync(folder, { recursive: true });
  expect(tried).toBe(401);
  expect(taken).toEqual([]);
  // Their keys are for another algorithm (PS256 for a PS384 signature; an ES521 that there is not): stricter than the vectors, and rightly so.
  expect(refused.map((one) => Number.parseInt(one))).toEqual([346, 347, 350, 351]);
});
