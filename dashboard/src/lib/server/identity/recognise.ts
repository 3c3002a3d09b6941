import type { RequestEvent } from '@sveltejs/kit';
import { readSession } from './session.ts';
import { signIn } from './settings.ts';
import { viewerOf } from './viewer.ts';
import { vouchFor } from './vouch.ts';

/** Finds out who sends a request, and keeps it in `locals`. */
export async function recognise({ cookies, locals }: RequestEvent): Promise<void> {
  const session = signIn ? await readSession(cookies, signIn) : null;
  locals.session = session;
  locals.viewer = session && signIn ? await viewerOf(session, signIn) : null;
  let vouched: Promise<string> | null = null;
  locals.authorization = async () => (session && signIn ? (vouched ??= vouchFor(session, signIn.dashboardKey)) : null);
}
