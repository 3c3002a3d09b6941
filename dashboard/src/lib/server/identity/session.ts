import { randomUUID } from 'node:crypto';
import type { Cookies } from '@sveltejs/kit';
import { seal, unseal } from './sealed.ts';
import type { SignIn } from './settings.ts';

/** What this site remembers of a reader, sealed in a cookie: who they are, and no token of who signed them in. Times are in seconds. */
export interface Session {
  /** A random name, by which it can be ended. */
  id: string;
  issuer: string;
  subject: string;
  name: string;
  claims: Record<string, unknown>;
  since: number;
  seen: number;
  /** Whether they have chosen to see what the public sees. */
  asPublic: boolean;
}

/** Seconds without a page after which a reader is signed out, and those after which they are in any case. */
export const idleFor = 30 * 60;
export const atMost = 8 * 60 * 60;
/** Seconds after which the cookie is written again. */
const renewAfter = 60;
/** Browsers drop cookies over 4,096 bytes. */
const cookieRoom = 3_900;

/** Names a new session. */
export const newSessionId = (): string => randomUUID();

export class TooManyClaims extends Error {}

type Settings = Pick<SignIn, 'origin' | 'sessionKeys'>;
const now = () => Math.floor(Date.now() / 1000);

/** A cookie that only this host over https gets back; on the own machine, where there is no https, without that promise. */
export function cookieOf(name: string, { origin }: Settings) {
  const secure = origin.startsWith('https:');
  return {
    name: secure ? `__Host-${name}` : name,
    options: { path: '/', httpOnly: true, secure, sameSite: 'lax' as const },
  };
}

/** The session of a request, written again where that is due; null without one, and when it is over. */
export async function readSession(cookies: Cookies, settings: Settings): Promise<Session | null> {
  const { name, options } = cookieOf('ahp-reader', settings);
  const sealed = cookies.get(name);
  if (!sealed) return null;
  const session = await unseal<Session>(sealed, 'session', settings.sessionKeys);
  if (!session || ended.has(session.id) || now() - session.seen > idleFor || now() - session.since > atMost) {
    cookies.delete(name, options);
    return null;
  }
  if (now() - session.seen > renewAfter) await writeSession(cookies, { ...session, seen: now() }, settings);
  return session;
}

/** Throws TooManyClaims when a browser would not keep it. */
export async function writeSession(cookies: Cookies, session: Session, settings: Settings): Promise<void> {
  const { id, issuer, subject, name, claims, since, seen, asPublic } = session;
  const left = Math.max(1, Math.min(idleFor, since + atMost - now()));
  const sealed = await seal(
    { id, issuer, subject, name, claims, since, seen, asPublic },
    'session',
    left,
    settings.sessionKeys,
  );
  if (sealed.length > cookieRoom) throw new TooManyClaims();
  const cookie = cookieOf('ahp-reader', settings);
  cookies.set(cookie.name, sealed, { ...cookie.options, maxAge: left });
}

/** Sessions that were ended here, each with the second after which it would be over anyway. */
const ended = new Map<string, number>();

/** Ends a session: its cookie is taken away, and is worth nothing where somebody has kept it. */
export function endSession(cookies: Cookies, session: Session | null, settings: Settings): void {
  const { name, options } = cookieOf('ahp-reader', settings);
  for (const [id, over] of ended) if (over < now()) ended.delete(id);
  if (session) ended.set(session.id, session.since + atMost);
  cookies.delete(name, options);
}
