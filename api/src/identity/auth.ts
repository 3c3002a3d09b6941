import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';

export const audiences = ['public', 'trusted', 'own'] as const;
export type AudienceId = (typeof audiences)[number];

/** Who is asking. `organisation` is set for `own`: the one employer whose figures they may see. */
export interface Asker {
  audience: AudienceId;
  organisation: string | null;
}

export const everyone: Asker = { audience: 'public', organisation: null };

/** Access refused: the message is for the caller and says nothing about other tokens. */
export class AccessRefused extends Error {
  readonly code = 'UNAUTHENTICATED';
}

interface Token {
  id: string;
  sha256: Buffer;
  asker: Asker;
  expires: number;
}

/**
 * The tokens that are accepted, from a JSON file `[{ id, sha256, audience, organisation?, expires }]` where `sha256` is the hex
 * digest of the token and `expires` an ISO date. Throws, naming the entry, when the file cannot be used.
 */
export class Tokens {
  readonly #tokens: readonly Token[];

  constructor(tokens: readonly Token[] = []) {
    this.#tokens = tokens;
  }

  static read(path: string): Tokens {
    const entries: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (!Array.isArray(entries)) throw new Error('the tokens file must hold a list');
    return new Tokens(entries.map(tokenOf));
  }

  /** Who sends this Authorization header at this moment (milliseconds); without one, everyone. Throws AccessRefused. */
  askerOf(header: string | undefined, now = Date.now()): Asker {
    if (header === undefined || header === '') return everyone;
    const given = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(header)?.[1];
    if (!given) throw new AccessRefused('The Authorization header must be “Bearer” and a token.');
    const digest = createHash('sha256').update(given).digest();
    let found: Token | undefined;
    for (const token of this.#tokens) if (timingSafeEqual(token.sha256, digest)) found = token;
    if (!found) throw new AccessRefused('This token is not known. Ask without a token for public figures.');
    if (found.expires <= now) throw new AccessRefused('This token has expired. Ask its issuer for a new one.');
    return found.asker;
  }
}

function tokenOf(entry: unknown, index: number): Token {
  const { id, sha256, audience, organisation, expires } = entry as Record<string, unknown>;
  const wrong = (what: string) => new Error(`entry ${index + 1} of the tokens file (${String(id)}): ${what}`);
  if (typeof id !== 'string' || !id) throw wrong('it has no id');
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/i.test(sha256))
    throw wrong('sha256 must be 64 hexadecimal digits');
  if (audience !== 'trusted' && audience !== 'own') throw wrong('audience must be trusted or own');
  if (audience === 'own' && (typeof organisation !== 'string' || !organisation))
    throw wrong('own needs an organisation');
  const moment = Date.parse(String(expires));
  if (Number.isNaN(moment)) throw wrong('expires must be an ISO date');
  const own = audience === 'own' ? String(organisation) : null;
  return { id, sha256: Buffer.from(sha256, 'hex'), asker: { audience, organisation: own }, expires: moment };
}

/** Reads `public`, `trusted` or `own:CODE`; throws when it is none of them. */
export function parseAsker(text: string): Asker {
  if (text === 'public' || text === 'trusted') return { audience: text, organisation: null };
  const code = /^own:([\w-]{1,40})$/.exec(text)?.[1];
  if (!code) throw new Error(`"${text}" is not public, trusted or own:CODE`);
  return { audience: 'own', organisation: code };
}
