import { dashboardToken, type Reader } from '@ahp/api/dashboard-token';
import { SignJWT } from 'jose';
import type { Session } from './session.ts';

/** The Authorization header by which the API knows that this site vouches for a reader, for a minute. */
export async function vouchFor({ issuer, subject, claims }: Session, key: Uint8Array): Promise<string> {
  const { audience, typ, algorithm, lifetime, issuer: iss } = dashboardToken;
  const reader: Reader = { issuer, subject, claims };
  const token = await new SignJWT({ reader })
    .setProtectedHeader({ alg: algorithm, typ })
    .setIssuer(iss)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${lifetime}s`)
    .sign(key);
  return `Bearer ${token}`;
}
