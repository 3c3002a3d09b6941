import { sharedKeyOf } from '@ahp/api/dashboard-token';
import { AHP_DASHBOARD_KEY, AHP_ORIGIN, AHP_SESSION_KEYS, AHP_SIGN_IN } from '$app/env/private';
import { readSignIn, type SignInIssuer } from './sign-in-file.ts';

/** How readers sign in to this site. */
export interface SignIn {
  issuers: readonly SignInIssuer[];
  /** The address of this site as readers reach it. */
  origin: string;
  /** Shared with the API, which believes what is signed with it about a reader. */
  dashboardKey: Uint8Array;
  /** The first seals cookies, all open them. */
  sessionKeys: readonly Uint8Array[];
}

/** The settings of signing in; null when it is off. Throws a plain sentence when only a part of them is there. */
function readSettings(): SignIn | null {
  if (!AHP_SIGN_IN) return null;
  const keyOf = (name: string, text: string) => {
    const key = sharedKeyOf(text.trim());
    if (!key)
      throw new Error(
        `${name} must be at least 32 random bytes as base64url, such as \`node -p "crypto.randomBytes(32).toString('base64url')"\` makes: signing in (AHP_SIGN_IN) needs it.`,
      );
    return key;
  };
  if (!AHP_ORIGIN)
    throw new Error(
      'AHP_ORIGIN must be the address of this site as readers reach it: signing in (AHP_SIGN_IN) needs it.',
    );
  const { protocol, hostname, origin } = new URL(AHP_ORIGIN);
  if (protocol !== 'https:' && !['127.0.0.1', 'localhost', '[::1]'].includes(hostname))
    throw new Error(`AHP_ORIGIN must be an https address, not "${AHP_ORIGIN}": signing in (AHP_SIGN_IN) needs it.`);
  return {
    issuers: readSignIn(AHP_SIGN_IN),
    origin,
    dashboardKey: keyOf('AHP_DASHBOARD_KEY', AHP_DASHBOARD_KEY),
    sessionKeys: AHP_SESSION_KEYS.split(',').map((text) => keyOf('AHP_SESSION_KEYS', text).slice(0, 32)),
  };
}

export const signIn = readSettings();
