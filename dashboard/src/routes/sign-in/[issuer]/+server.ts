import { error, redirect } from '@sveltejs/kit';
import { returnTo } from '#lib/server/identity/return-to.ts';
import { sendAway } from '#lib/server/identity/provider.ts';
import { signIn } from '#lib/server/identity/settings.ts';
import { isSample } from '#lib/server/identity/sample.ts';
import type { RequestHandler } from './$types';

/** Sends the reader to who signs them in. */
export const GET: RequestHandler = async ({ params, url, cookies, request }) => {
  const issuer = signIn?.issuers.find(({ id }) => id === params.issuer);
  if (!signIn || !issuer) error(404, 'There is no such way to sign in.');
  // The cookie of who is away is of one host: who came by another name of this machine starts again at the right one.
  const here = new URL(signIn.origin);
  const host = request.headers.get('host');
  if (host !== here.host) redirect(302, here.origin + url.pathname + url.search, { external: [here.origin] });
  const persona = url.searchParams.get('persona');
  if (issuer.personas && !issuer.personas.some(({ id }) => id === persona))
    error(404, 'There is no such person in the sample.');
  if (issuer.personas && !(await isSample())) redirect(303, '/sign-in?failed=sample');
  const to = returnTo(url.searchParams.get('to'), signIn.origin);
  const away = await sendAway(cookies, signIn, issuer, {
    to,
    ...(persona && issuer.personas ? { hint: persona } : {}),
  }).catch((cause: unknown) => {
    console.error(
      `The issuer ${issuer.issuer} cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`,
    );
    return null;
  });
  if (!away) redirect(303, '/sign-in?failed=away');
  redirect(303, away, { external: [away.origin] });
};
