import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';

const file = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const page = file('./explorer.html');
const files: Record<string, [type: string, text: string]> = {
  'explorer.css': ['text/css; charset=utf-8', file('./explorer.css')],
  'explorer.js': ['text/javascript; charset=utf-8', file('./browser.js')],
};

const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/** The explorer: a page of our own at /graphql for browsers, from this server alone. */
export function registerExplorer(app: FastifyInstance): void {
  app.addHook('preHandler', async (request, reply) => {
    const { method, headers, routeOptions } = request;
    const wantsPage =
      method === 'GET' && routeOptions.url === '/graphql' && headers.accept?.split(',')[0]?.trim() === 'text/html';
    if (wantsPage)
      return reply
        .header('content-security-policy', policy)
        .header('vary', 'accept')
        .type('text/html; charset=utf-8')
        .send(page);
  });
  for (const [name, [type, text]] of Object.entries(files))
    app.get(`/explorer/${name}`, async (_, reply) => reply.type(type).header('cache-control', 'no-cache').send(text));
}
