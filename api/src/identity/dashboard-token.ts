/** How the dashboard tells the api who its reader is: a token of a minute, signed with a key that the two share. */
export const dashboardToken = {
  issuer: 'ahp-dashboard',
  audience: 'ahp-api',
  typ: 'ahp-reader+jwt',
  algorithm: 'HS256',
  /** Seconds for which one holds. */
  lifetime: 60,
} as const;

/** What such a token says of a reader: who signed them in, as whom, and what that issuer says about them. */
export interface Reader {
  issuer: string;
  subject: string;
  claims: Readonly<Record<string, unknown>>;
}

/** The bytes of a shared key, given as at least 32 bytes of base64url (43 letters); null when it is none. */
export function sharedKeyOf(text: string): Uint8Array | null {
  const bytes = /^[\w-]{43,200}$/.test(text) ? Buffer.from(text, 'base64url') : null;
  return bytes && bytes.length >= 32 ? new Uint8Array(bytes) : null;
}
