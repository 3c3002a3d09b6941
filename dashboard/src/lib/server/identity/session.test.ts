import type { Cookies } from '@sveltejs/kit';
import { describe, expect, it } from 'vitest';
import { seal, unseal } from './sealed.ts';
import { readSession, type Session, TooManyClaims, writeSession } from './session.ts';

const [first, second, third] = [1, 2, 3].map((n) => new Uint8Array(32).fill(n)) as [Uint8Array, Uint8Array, Uint8Array];
const now = () => Math.floor(Date.now() / 1000);
const session = (claims: Record<string, unknown> = {}): Session => ({
  ...{ id: 'a', issuer: 'https://login.example', subject: 's', name: 'Lee', claims, asPublic: false },
  since: now(),
  seen: now(),
});

describe('what is sealed', () => {
  it('is opened with any of the keys, so that they can be changed one after the other', async () => {
    const sealed = await seal({ a: 1 }, 'test', 60, [first]);
    expect(await unseal(sealed, 'test', [second, first])).toMatchObject({ a: 1 });
    expect(await unseal(sealed, 'test', [second, third])).toBeNull();
  });

  it('cannot be read, used for something else, or used when it has run out', async () => {
    const sealed = await seal({ secret: 'telling' }, 'test', 60, [first]);
    expect(Buffer.from(sealed.split('.').join(''), 'base64url').toString('latin1')).not.toContain('telling');
    expect(await unseal(sealed, 'other', [first])).toBeNull();
    expect(await unseal(await seal({}, 'test', -1, [first]), 'test', [first])).toBeNull();
    for (const text of ['', 'a', 'a.b.c', 'a.b.c.d.e', undefined])
      expect(await unseal(text, 'test', [first])).toBeNull();
  });
});

/** A browser's cookies, as the site sees them. */
function jar(): Cookies & { held: Map<string, { value: string; options: Record<string, unknown> }> } {
  const held = new Map<string, { value: string; options: Record<string, unknown> }>();
  return {
    held,
    get: (name: string) => held.get(name)?.value,
    set: (name: string, value: string, options: Record<string, unknown>) => held.set(name, { value, options }),
    delete: (name: string) => held.delete(name),
  } as unknown as ReturnType<typeof jar>;
}

describe('a session', () => {
  it('is kept in a cookie for this host over https alone, without JavaScript, for half an hour', async () => {
    const settings = { origin: 'https://workforce.example', sessionKeys: [first] };
    const cookies = jar();
    await writeSession(cookies, session({ groups: ['a'] }), settings);
    const [[name, { value, options }]] = [...cookies.held] as [[string, { value: string; options: object }]];
    expect(name).toBe('__Host-ahp-reader');
    expect(options).toEqual({ path: '/', httpOnly: true, secure: true, sameSite: 'lax', maxAge: 1800 });
    expect(value.length).toBeLessThan(600);
    expect(await readSession(cookies, settings)).toMatchObject({ subject: 's', claims: { groups: ['a'] } });
  });

  it('lasts no longer than eight hours, however often it is used', async () => {
    const settings = { origin: 'https://workforce.example', sessionKeys: [first] };
    const cookies = jar();
    await writeSession(cookies, { ...session(), since: now() - 8 * 3600 + 60 }, settings);
    expect([...cookies.held.values()][0]!.options.maxAge).toBeLessThanOrEqual(60);
  });

  it('that a browser would drop for its size is refused', async () => {
    const groups = Array.from({ length: 300 }, (_, i) => `group-number-${i}`);
    const settings = { origin: 'https://workforce.example', sessionKeys: [first] };
    await expect(writeSession(jar(), session({ groups }), settings)).rejects.toBeInstanceOf(TooManyClaims);
  });
});
