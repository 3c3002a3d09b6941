import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { explorerScript } from './bundle.ts';

const file = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const page = file('./explorer.html');
const styles = file('./explorer.css');

const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

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
  app.get('/explorer/explorer.css', async (_, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(styles),
  );
  app.get('/explorer/explorer.js', async (_, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(await explorerScript()),
  );
}
