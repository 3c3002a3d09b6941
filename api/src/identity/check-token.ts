import { decodeJwt, errors, jwtVerify, type JWTPayload } from 'jose';
import type { Access, TokenCheck } from './access-file.ts';
import { askerOfClaims } from './access-rules.ts';
import { AccessRefused, type Asker } from './asker.ts';
import { dashboardToken, type Reader } from './dashboard-token.ts';
import type { IssuerKeys } from './issuer-keys.ts';

/** Seconds by which clocks may differ. */
const clockTolerance = 5;

/** What a token is checked against. */
export interface Grounds {
  access: Access;
  keysOf: (check: TokenCheck) => IssuerKeys;
  /** The key shared with the dashboard, where there is one. */
  dashboardKey: Uint8Array | null;
  /** Whether the current release is of invented people. */
  isSample: () => Promise<boolean>;
}

/** Whom a JSON web token lets ask, and until when (milliseconds). Throws AccessRefused or IdentityUnavailable. */
export async function checkToken(token: string, grounds: Grounds): Promise<{ asker: Asker; until: number }> {
  const { iss } = unverified(token);
  try {
    const known =
      iss === dashboardToken.issuer ? await fromDashboard(token, grounds) : await fromIssuer(token, iss, grounds);
    if (grounds.access.issuers.get(known.issuer)?.sample && !(await grounds.isSample()))
      throw new AccessRefused('This token is of somebody of the sample, and the figures are of real people.');
    return { asker: askerOfClaims(grounds.access, known.issuer, known.claims), until: known.until };
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    throw new AccessRefused(reasonOf(error));
  }
}

async function fromIssuer(token: string, iss: string | undefined, { access, keysOf }: Grounds) {
  const check = access.issuers.get(iss ?? '')?.tokens;
  if (!iss || !check) throw new AccessRefused('This token is of an issuer whose tokens are not taken here.');
  const { payload } = await jwtVerify(token, keysOf(check).find, {
    issuer: iss,
    audience: check.audience,
    algorithms: check.algorithms,
    typ: check.typ,
    requiredClaims: ['sub', 'exp'],
    clockTolerance,
  });
  return { issuer: iss, claims: payload, until: payload.exp! * 1000 };
}

async function fromDashboard(token: string, { dashboardKey }: Grounds) {
  if (!dashboardKey) throw new AccessRefused('This service shares no key with a dashboard.');
  const { issuer, audience, typ, algorithm, lifetime } = dashboardToken;
  const { payload } = await jwtVerify<JWTPayload & { reader?: Reader }>(token, dashboardKey, {
    issuer,
    audience,
    algorithms: [algorithm],
    typ,
    requiredClaims: ['exp', 'iat', 'reader'],
    maxTokenAge: lifetime,
    clockTolerance,
  });
  const { reader } = payload;
  if (!reader || typeof reader.issuer !== 'string' || !reader.claims || typeof reader.claims !== 'object')
    throw new AccessRefused('This token says of no reader.');
  return { issuer: reader.issuer, claims: reader.claims, until: payload.exp! * 1000 };
}

function unverified(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch {
    throw new AccessRefused('This token is no JSON web token.');
  }
}

function reasonOf(error: errors.JOSEError): string {
  if (error instanceof errors.JWTExpired)
    return 'This token has expired. Sign in again, or ask its issuer for a new one.';
  if (error instanceof errors.JWTClaimValidationFailed)
    return `This token is not for this service, or not for now: its ${/^[a-z]{3}$/.test(error.claim) ? error.claim : 'content'} does not hold.`;
  return 'This token cannot be verified.';
}
