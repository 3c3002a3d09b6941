import type { RequestHandler } from './$types';

/** The dashboard itself is up; whether the API is, its own /readyz says. */
export const GET: RequestHandler = () =>
  new Response('ok\n', { headers: { 'content-type': 'text/plain', 'cache-control': 'no-store' } });
