import { redirect } from '@sveltejs/kit';
import { returnTo } from '#lib/server/identity/return-to.ts';
import { writeSession } from '#lib/server/identity/session.ts';
import { signIn } from '#lib/server/identity/settings.ts';
import type { RequestHandler } from './$types';

/** Keeps which figures the reader wants to see: in the cookie and not in the address, so that no link gives it away. */
export const POST: RequestHandler = async ({ cookies, locals, request, url }) => {
  const form = await request.formData();
  const { session } = locals;
  if (session && signIn) await writeSession(cookies, { ...session, asPublic: form.get('as') === 'public' }, signIn);
  redirect(303, returnTo(form.get('to'), signIn?.origin ?? url.origin));
};
