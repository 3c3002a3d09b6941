import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildData, changeRelease, type Built } from '../../test/fixture.ts';
import { startIssuer, type TestIssuer } from '../../test/issuer.ts';
import type { Json } from '../../test/json.ts';
import { start } from '../main.ts';

let built: Built;
let issuer: TestIssuer;
beforeAll(async () => {
  [built, issuer] = await Promise.all([buildData(), startIssuer()]);
  const rule = { issuer: issuer.url, reviewed: 'A. Person, 2026-11-30' };
  const table = {
    issuers: [{ issuer: issuer.url, tokens: { jwks: issuer.jwks, audience: 'ahp-api', algorithms: ['ES256'] } }],
    rules: [
      { ...rule, claims: { groups: 'analysts' }, audience: 'trusted' },
      { ...rule, claims: { groups: 'both' }, audience: 'own', organisations: ['RAA', 'RBB'] },
    ],
  };
  writeFileSync(join(built.data, 'access.json'), JSON.stringify(table), { mode: 0o600 });
});
afterAll(async () => {
  await issuer.close();
  built.remove();
});

const question =
  '{ me { audience { id } organisations { code } } staff(by: [ORGANISATION]) { ... on StaffTable { rows { area { code } audience { id } } } } }';

test('a signed token decides who asks; one that does not hold is refused; one that cannot be checked just now is said to be so', async () => {
  const api = await start({ data: built.data, port: '0' });
  const ask = async (token: string) => {
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: question }),
    });
    return {
      status: response.status,
      again: response.headers.get('retry-after'),
      ...((await response.json()) as Json),
    };
  };
  try {
    issuer.answer(false);
    expect(await ask(await issuer.sign({ groups: 'analysts' }))).toMatchObject({
      status: 503,
      again: '60',
      errors: [{ extensions: { code: 'IDENTITY_UNAVAILABLE' } }],
    });
  } finally {
    await api.stop();
    issuer.answer(true);
  }
  const again = await start({ data: built.data, port: '0' });
  try {
    api.url = again.url;
    const two = await ask(await issuer.sign({ groups: 'both' }));
    expect(two.data.me).toEqual({ audience: { id: 'own' }, organisations: [{ code: 'RAA' }, { code: 'RBB' }] });
    const theirs = two.data.staff.rows.filter(({ audience }: Json) => audience.id === 'own');
    expect(theirs.map(({ area }: Json) => area.code)).toEqual(['RAA', 'RBB']);
    expect((await ask(await issuer.sign({ groups: 'analysts' }))).data.me.audience.id).toBe('trusted');
    expect((await ask(await issuer.sign({ groups: 'nobody' }))).data.me.audience.id).toBe('public');
    expect(await ask(await issuer.sign({ groups: 'analysts', aud: 'x' }))).toMatchObject({ status: 401, errors: [{}] });
  } finally {
    await again.stop();
  }
});

test('the people of the sample cannot be let in to figures of real ones', async () => {
  const sample = { issuer: 'http://127.0.0.1:9', sample: true };
  const rules = [{ issuer: sample.issuer, claims: { groups: 'a' }, audience: 'trusted', reviewed: 'A. Person' }];
  const real = await buildData();
  try {
    writeFileSync(join(real.data, 'access.json'), JSON.stringify({ issuers: [sample], rules }), { mode: 0o600 });
    await (await start({ data: real.data, port: '0' })).stop();
    await changeRelease(real.data, '1.0.0', 'update release set synthetic = false');
    await expect(start({ data: real.data, port: '0' })).rejects.toThrow(
      'lets anybody sign in as one of the sample’s people',
    );
  } finally {
    real.remove();
  }
});

test('a file about access that others may read keeps the api from starting', async () => {
  const path = join(built.data, 'access.json');
  chmodSync(path, 0o644);
  await expect(start({ data: built.data, port: '0' })).rejects.toThrow(`run \`chmod 600 ${path}\``);
  chmodSync(path, 0o600);
});
