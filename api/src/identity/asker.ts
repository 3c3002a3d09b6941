export const audiences = ['public', 'trusted', 'own'] as const;
export type AudienceId = (typeof audiences)[number];

/** Who is asking. `organisations` is for `own`: the employers whose figures they may see, in order of code; empty for all others. */
export interface Asker {
  readonly audience: AudienceId;
  readonly organisations: readonly string[];
}

export const everyone: Asker = { audience: 'public', organisations: [] };
export const trusted: Asker = { audience: 'trusted', organisations: [] };

/** An asker for the own figures of these employers; throws when none is named. */
export function ownOf(organisations: readonly string[]): Asker {
  if (organisations.length === 0) throw new Error('own needs an organisation');
  return { audience: 'own', organisations: [...new Set(organisations)].sort() };
}

/** Access refused: the message is for the caller and says nothing about other keys. */
export class AccessRefused extends Error {
  readonly code = 'UNAUTHENTICATED';
}

/** Who asks cannot be found out just now, by no fault of theirs; the message is for the caller. */
export class IdentityUnavailable extends Error {
  readonly code = 'IDENTITY_UNAVAILABLE';
}

/** Reads `public`, `trusted` or `own:CODE,CODE…`; throws when it is none of them. */
export function parseAsker(text: string): Asker {
  if (text === 'public') return everyone;
  if (text === 'trusted') return trusted;
  const codes = /^own:([\w-]{1,40}(?:,[\w-]{1,40})*)$/.exec(text)?.[1];
  if (!codes) throw new Error(`"${text}" is not public, trusted or own:CODE (several with commas)`);
  return ownOf(codes.split(','));
}
