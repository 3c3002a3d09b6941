/** A page of this site to go to after signing in or out, as path and query; the start page for anything else, so that no link leads elsewhere. */
export function returnTo(wanted: unknown, origin: string): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/') || !URL.canParse(wanted, origin)) return '/';
  const { origin: there, pathname, search } = new URL(wanted, origin);
  const leads = there === origin && !pathname.startsWith('//') && !/^\/(sign-in|sign-out|viewing)(\/|$)/.test(pathname);
  return leads ? pathname + search : '/';
}
