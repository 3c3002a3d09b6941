import { appendFileSync, existsSync } from 'node:fs';
import { ownOf, trusted, type Asker } from './asker.ts';
import { endOfDay } from './day.ts';
import { readPrivate, UnusableFile } from './private-file.ts';

/** A key as its file holds it: everything but the key. Days are written as 2027-03-31, in UTC. */
export interface KeyRecord {
  id: string;
  /** What it is for. */
  label: string;
  /** Whom to ask about it. */
  owner: string;
  sha256: string;
  audience: 'trusted' | 'own';
  /** ODS codes, for `own`. */
  organisations: readonly string[];
  created: string;
  /** The last day on which it is accepted. */
  expires: string;
  revoked: string | null;
}

/** The file of a data folder that holds its keys, unless a setting names another. */
export const keysFileName = 'keys.jsonl';

/**
 * The keys in a file of one JSON object a line: `{ id, label, owner, sha256, audience, organisations, created, expires }` adds a key,
 * `{ revoke: id, on }` ends one; lines are only ever added. Throws UnusableFile, naming file, line and remedy.
 */
export function readKeys(path: string): KeyRecord[] {
  const keys = new Map<string, KeyRecord>();
  const digests = new Map<string, number>();
  for (const [index, line] of readPrivate(path).split('\n').entries()) {
    if (line.trim() === '') continue;
    const wrong = (what: string) => new UnusableFile(`${path}, line ${index + 1}: ${what}`);
    const entry = objectIn(line);
    if (!entry) throw wrong('it is not a JSON object; a line is added by `npm run api -- keys add`');
    if ('revoke' in entry) {
      const key = keys.get(String(entry.revoke));
      if (!key) throw wrong(`there is no key "${String(entry.revoke)}" above it to revoke; take the line out`);
      if (endOfDay(entry.on) === null)
        throw wrong(`on must be a day such as 2027-03-31, not ${JSON.stringify(entry.on)}`);
      keys.set(key.id, { ...key, revoked: String(entry.on) });
      continue;
    }
    const key = keyIn(entry, wrong);
    if (keys.has(key.id)) throw wrong(`the id "${key.id}" is there already; take one of the two lines out`);
    const twin = digests.get(key.sha256);
    if (twin) throw wrong(`the same key is on line ${twin} already; take one of the two lines out`);
    digests.set(key.sha256, index + 1);
    keys.set(key.id, key);
  }
  return [...keys.values()];
}

const known = ['id', 'label', 'owner', 'sha256', 'audience', 'organisations', 'created', 'expires'];

function keyIn(entry: Record<string, unknown>, wrong: (what: string) => Error): KeyRecord {
  const { id, label, owner, sha256, audience, organisations = [], created, expires } = entry;
  const unknown = Object.keys(entry).find((name) => !known.includes(name));
  if (unknown) throw wrong(`"${unknown}" is not a field of a key; those are ${known.join(', ')}`);
  if (typeof id !== 'string' || !/^[0-9a-f]{8}$/.test(id)) throw wrong('id must be eight hexadecimal digits');
  for (const [name, value] of Object.entries({ label, owner }))
    if (typeof value !== 'string' || value.trim() === '') throw wrong(`${name} must say something`);
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256))
    throw wrong('sha256 must be 64 hexadecimal digits, the digest of a key; make one with `npm run api -- keys add`');
  if (audience !== 'trusted' && audience !== 'own')
    throw wrong(`audience must be "trusted" or "own", not ${JSON.stringify(audience)}`);
  if (!Array.isArray(organisations) || organisations.some((code) => typeof code !== 'string' || code === ''))
    throw wrong('organisations must be a list of codes such as ["RAA"]');
  if (audience === 'own' && organisations.length === 0)
    throw wrong('"own" needs an organisation: add its code to organisations');
  if (audience === 'trusted' && organisations.length > 0)
    throw wrong('"trusted" has no organisations: take them out, or make the audience "own"');
  for (const [name, value] of Object.entries({ created, expires }))
    if (endOfDay(value) === null) throw wrong(`${name} must be a day such as 2027-03-31, not ${JSON.stringify(value)}`);
  return {
    ...(entry as unknown as KeyRecord),
    organisations: [...new Set(organisations as string[])].sort(),
    revoked: null,
  };
}

function objectIn(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    return value && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** Adds a key or the end of one to the file, which is made for its owner alone where there is none. Throws UnusableFile when the file is none. */
export function appendToKeys(path: string, line: Omit<KeyRecord, 'revoked'> | { revoke: string; on: string }): void {
  if (existsSync(path)) readKeys(path);
  appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: 0o600 });
}

/** Whether the key is accepted at this moment, in milliseconds. */
export const stateOf = ({ revoked, expires }: KeyRecord, now: number): 'active' | 'revoked' | 'expired' =>
  revoked !== null ? 'revoked' : endOfDay(expires)! < now ? 'expired' : 'active';

/** Whom a key lets ask. */
export const askerOfKey = ({ audience, organisations }: KeyRecord): Asker =>
  audience === 'own' ? ownOf(organisations) : trusted;

/** Throws UnusableFile for a key in use that names an organisation of which the current release has nothing. */
export function checkOrganisations(
  path: string,
  keys: readonly KeyRecord[],
  isKnown: (code: string) => boolean,
  now = Date.now(),
): void {
  for (const key of keys.filter((one) => stateOf(one, now) === 'active'))
    for (const code of key.organisations)
      if (!isKnown(code))
        throw new UnusableFile(
          `${path}, key ${key.id} (${key.label}): the current release has no organisation "${code}"; make a key with the right code, and end this one with \`npm run api -- keys revoke ${key.id}\``,
        );
}
