import { error, redirect } from '@sveltejs/kit';
import { AuthorizationResponseError, ClientError, ResponseBodyError } from 'openid-client';
import { NotExpected, welcomeBack } from '#lib/server/identity/provider.ts';
import { TooManyClaims, writeSession } from '#lib/server/identity/session.ts';
import { signIn } from '#lib/server/identity/settings.ts';
import type { RequestHandler } from './$types';

/** Where a reader comes back who has signed in. */
export const GET: RequestHandler = async ({ cookies, url }) => {
  if (!signIn) error(404, 'There is no signing in here.');
  let to;
  try {
    const back = await welcomeBack(cookies, signIn, url.search);
    await writeSession(cookies, back.session, signIn);
    to = back.to;
  } catch (cause) {
    const problem = problemOf(cause);
    if (problem !== 'refused' && problem !== 'expected')
      console.error(`A reader could not be signed in: ${cause instanceof Error ? cause.message : String(cause)}`);
    to = `/sign-in?failed=${problem}`;
  }
  redirect(303, to);
};

function problemOf(cause: unknown): string {
  if (cause instanceof NotExpected) return 'expected';
  if (cause instanceof TooManyClaims) return 'claims';
  if (cause instanceof AuthorizationResponseError) return 'refused';
  if (cause instanceof ResponseBodyError || cause instanceof ClientError) return 'other';
  return 'away';
}
