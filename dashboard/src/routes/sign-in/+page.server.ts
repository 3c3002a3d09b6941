import { error } from '@sveltejs/kit';
import { returnTo } from '#lib/server/identity/return-to.ts';
import { signIn } from '#lib/server/identity/settings.ts';
import type { PageServerLoad } from './$types';

/** The ways in, and where the reader goes after. */
export const load: PageServerLoad = ({ url }) => {
  if (!signIn) error(404, 'There is no signing in here: everybody sees the public figures.');
  const to = returnTo(url.searchParams.get('to'), url.origin);
  const href = (id: string, persona?: string, begin = '/') =>
    `/sign-in/${id}?${new URLSearchParams({ to: to === '/' ? begin : to, ...(persona ? { persona } : {}) })}`;
  const failed = url.searchParams.get('failed');
  return {
    problem: failed ? (problems[failed] ?? problems.other!) : null,
    signedOut: url.searchParams.has('out'),
    ways: signIn.issuers
      .filter(({ personas }) => !personas)
      .map(({ id, label }) => ({ label: `Sign in with ${label}`, href: href(id) })),
    personas: signIn.issuers.flatMap(({ id, personas }) =>
      (personas ?? []).map((persona) => ({ ...persona, href: href(id, persona.id, persona.to) })),
    ),
  };
};

const problems: Record<string, string> = {
  refused: 'You were not signed in: you, or who signs you in, stopped it.',
  expected: 'You were not signed in: it took longer than ten minutes, or did not start here. Try again.',
  away: 'Who signs you in does not answer at the moment. Try again in a few minutes.',
  claims:
    'You were not signed in: who signs you in says more about you than can be kept. Tell whoever runs this service.',
  sample: 'The sample’s people can only be signed in while the figures are the sample’s.',
  other: 'You were not signed in: what came back from who signs you in did not hold. Try again.',
};
