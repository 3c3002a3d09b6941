import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { buildIfStale } from './build-if-stale.ts';
import { drain } from './drain.ts';
import { noteReached, reachedHeaders } from './reached-at.ts';

export interface DashboardOptions {
  /** Address of the API, such as http://127.0.0.1:4000 */
  api: string;
  /** 0 takes any free port. */
  port: number;
  /** Default 127.0.0.1: this machine only. */
  host?: string;
  say?: (line: string) => void;
}

/**
 * Builds the site when needed and serves it. Resolves when it answers, with its address and a way to end it.
 * Throws a plain sentence when the port is taken or the build fails.
 */
export async function startDashboard(options: DashboardOptions): Promise<{ url: string; close: () => Promise<void> }> {
  const { api, port, host = '127.0.0.1', say = console.log } = options;
  const built = await buildIfStale(say);
  process.env.AHP_API = api;
  const { AHP_ORIGIN: origin } = process.env;
  if (origin && !URL.canParse(origin))
    throw new Error(`AHP_ORIGIN must be an address such as https://workforce.example, not "${origin}".`);
  if (origin) process.env.ORIGIN = new URL(origin).origin;
  process.env.PROTOCOL_HEADER = reachedHeaders.protocol;
  process.env.HOST_HEADER = reachedHeaders.host;
  const trustsProxy = trusts(process.env.AHP_TRUST_PROXY ?? 'off');
  const { handler } = (await import(pathToFileURL(join(built, 'handler.js')).href)) as {
    handler: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
  };
  let address = '';
  const server = createServer((request, response) => {
    noteReached(request, address, trustsProxy);
    handler(request, response, () => response.writeHead(404).end());
  });
  await listen(server, port, host);
  address = `${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;
  return {
    url: `http://${address}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        drain(server);
      }),
  };
}

function trusts(setting: string): boolean {
  if (setting !== 'on' && setting !== 'off') throw new Error('AHP_TRUST_PROXY must be on or off.');
  return setting === 'on';
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        cause.code === 'EADDRINUSE'
          ? new Error(`Port ${port} is already in use: choose another with --port, or stop what uses it.`)
          : cause,
      ),
    );
    server.listen(port, host, resolve);
  });
}

const usage = `Usage: pnpm dashboard [--api URL] [--port P] [--host H]

  --api   address of the API        (default http://127.0.0.1:4000, or AHP_API)
  --port  port to serve on          (default 3000)
  --host  address to listen on      (default 127.0.0.1: this machine only)

Readers can sign in where AHP_SIGN_IN, AHP_ORIGIN, AHP_SESSION_KEYS and AHP_DASHBOARD_KEY are set: see the README.`;

async function main(): Promise<number> {
  let flags;
  try {
    flags = parseArgs({
      options: {
        api: { type: 'string' },
        port: { type: 'string' },
        host: { type: 'string' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (cause) {
    console.error(`${cause instanceof Error ? cause.message : cause}\n\n${usage}`);
    return 2;
  }
  if (flags.help) return (console.log(usage), 0);
  const port = Number(flags.port ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    return (console.error(`--port must be a number from 0 to 65535, not "${flags.port}".`), 2);
  const api = flags.api ?? process.env.AHP_API ?? 'http://127.0.0.1:4000';
  if (!URL.canParse(api))
    return (console.error(`--api must be an address such as http://127.0.0.1:4000, not "${api}".`), 2);
  try {
    const { url, close } = await startDashboard({ api, port, host: flags.host });
    console.log(`Dashboard: ${url}  (figures from ${api})`);
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => void close().then(() => process.exit(0)));
  } catch (cause) {
    console.error(cause instanceof Error ? cause.message : cause);
    return 1;
  }
  return 0;
}

if (import.meta.main) {
  const code = await main();
  if (code !== 0) process.exit(code);
}
