import { redirect } from '@sveltejs/kit';
import { endSession } from '#lib/server/identity/session.ts';
import { signIn } from '#lib/server/identity/settings.ts';
import type { RequestHandler } from './$types';

/** Forgets the reader. */
export const POST: RequestHandler = ({ cookies, locals }) => {
  if (signIn) endSession(cookies, locals.session, signIn);
  redirect(303, signIn ? '/sign-in?out' : '/');
};
