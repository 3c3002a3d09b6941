import { graphql, type ResultOf } from '#lib/server/graphql.ts';
import { send } from '#lib/server/send.ts';
import { print } from 'graphql';
import type { Session } from './session.ts';
import type { SignIn } from './settings.ts';
import { vouchFor } from './vouch.ts';

const document = graphql(`
  query Me {
    catalogue {
      release {
        synthetic
      }
    }
    me {
      audience {
        id
        label
      }
      organisations {
        code
        label
      }
    }
  }
`);
const text = print(document);
type Me = NonNullable<ResultOf<typeof document>['me']>;

/** A reader who has signed in, as the API knows them. */
export interface Viewer {
  name: string;
  /** Who signed them in, in words. */
  issuer: string;
  audience: 'public' | 'trusted' | 'own';
  organisations: Me['organisations'];
  /** Whether they have chosen to see what the public sees. */
  asPublic: boolean;
  /** Whether the API has confirmed who they are; where it has not, they see what the public sees. */
  confirmed: boolean;
}

const freshFor = 20_000;
const atMost = 500;
const held = new Map<string, { at: number; me: Promise<Me | null> }>();

/** What the API says of the reader; kept for twenty seconds, as it changes with its table of access and its release. */
export async function viewerOf(session: Session, settings: SignIn): Promise<Viewer> {
  const me = await confirmed(session, settings);
  const issuer = settings.issuers.find((one) => one.issuer === session.issuer);
  return {
    name: session.name,
    issuer: issuer?.label ?? '',
    audience: (me?.audience.id ?? 'public') as Viewer['audience'],
    organisations: me?.organisations ?? [],
    asPublic: session.asPublic,
    confirmed: me !== null,
  };
}

function confirmed(session: Session, settings: SignIn): Promise<Me | null> {
  const key = JSON.stringify([session.issuer, session.subject, session.claims]);
  const known = held.get(key);
  if (known && Date.now() - known.at <= freshFor) return known.me;
  const me = askMe(session, settings);
  held.delete(key);
  held.set(key, { at: Date.now(), me });
  for (const oldest of held.keys()) if (held.size > atMost) held.delete(oldest);
  void me.then((found) => found ?? held.delete(key));
  return me;
}

async function askMe(session: Session, settings: SignIn): Promise<Me | null> {
  const issuer = settings.issuers.find((one) => one.issuer === session.issuer);
  if (!issuer) return null;
  try {
    const { status, answer } = await send<ResultOf<typeof document>>(
      text,
      {},
      await vouchFor(session, settings.dashboardKey),
    );
    if (!answer.data?.me)
      console.error(`The API answered ${status} about a reader: ${answer.errors?.[0]?.message ?? 'no data'}`);
    // Personas are open to everybody, so they are nobody where the people are real.
    const real = answer.data?.catalogue?.release.synthetic === false;
    return issuer.personas && real ? null : (answer.data?.me ?? null);
  } catch {
    return null;
  }
}
