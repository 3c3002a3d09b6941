import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AskOptions, Reply, Surface } from './surface.ts';

const entry = fileURLToPath(new URL('../../../api/src/main.ts', import.meta.url));

/**
 * Starts the api on one release in a process of its own and talks to it over HTTP, as anyone would: code cannot be shared by mistake,
 * and headers, logs, limits and exports are attacked too. The process is given no secret, as in operation.
 */
export async function startApi(release: string, version: string): Promise<Surface> {
  const folder = mkdtempSync(join(tmpdir(), 'ahp-audit-'));
  mkdirSync(join(folder, 'releases'));
  // A copy: the api takes no folder that is a link.
  cpSync(release, join(folder, 'releases', version), { recursive: true });
  writeFileSync(join(folder, 'releases', 'current.json'), JSON.stringify({ version }));
  for (const name of ['public-key.pem', 'withdrawn.jsonl'])
    if (existsSync(join(release, '..', name))) copyFileSync(join(release, '..', name), join(folder, 'releases', name));
  const token = `ahp_00000000_${randomBytes(32).toString('base64url')}`;
  const sha256 = createHash('sha256').update(token).digest('hex');
  writeFileSync(
    join(folder, 'keys.jsonl'),
    JSON.stringify({
      id: '00000000',
      label: 'audit',
      owner: 'auditor',
      sha256,
      audience: 'trusted',
      created: '2026-01-01',
      expires: '2999-12-31',
    }),
    { mode: 0o600 },
  );
  const flags = ['--data', folder, '--port', '0', '--log', 'on'];
  const { AHP_SECRET: _, AHP_SECRET_FILE: __, ...env } = process.env;
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', entry, ...flags], {
    env: { UV_THREADPOOL_SIZE: '24', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const close = async () => {
    child.kill('SIGTERM');
    if (child.exitCode === null) await new Promise((done) => child.once('exit', done));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const url = await readyAddress(child, output);
    return surfaceOf(url, token, child, output, close);
  } catch (error) {
    await close();
    throw error;
  }
}

function readyAddress(child: ChildProcess, output: readonly Buffer[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const found = /api ready at (http:\S+)\/graphql/.exec(Buffer.concat([...output]).toString());
      if (found) resolve(found[1]!);
    };
    child.stdout!.on('data', look);
    child.once('exit', (code) =>
      reject(
        new Error(
          `the api ended with code ${code}: ${Buffer.concat([...output])
            .toString()
            .trim()}`,
        ),
      ),
    );
  });
}

function surfaceOf(
  url: string,
  token: string,
  child: ChildProcess,
  output: readonly Buffer[],
  close: () => Promise<void>,
): Surface {
  const send = async (path: string, init?: RequestInit): Promise<Reply> => {
    const started = performance.now();
    const reply = await fetch(`${url}${path}`, init);
    const text = await reply.text();
    return { status: reply.status, text, milliseconds: performance.now() - started };
  };
  const headers = (as: string | undefined): Record<string, string> => ({
    'content-type': 'application/json',
    ...(as === 'trusted' ? { authorization: `Bearer ${token}` } : {}),
  });
  return {
    send,
    close,
    headers,
    ask: (document: string, { as, variables, get }: AskOptions = {}) => {
      const query = new URLSearchParams({
        query: document,
        ...(variables ? { variables: JSON.stringify(variables) } : {}),
      });
      return get
        ? send(`/graphql?${query}`, { headers: headers(as) })
        : send('/graphql', {
            method: 'POST',
            headers: headers(as),
            body: JSON.stringify({ query: document, variables }),
          });
    },
    leftBehind: () => ({
      'the log of the api': Buffer.concat([...output]),
      'the environment of the api': environmentOf(child.pid!),
    }),
  };
}

/** Environment of a process as Linux shows it to its owner; empty on other systems. */
function environmentOf(pid: number): Buffer {
  try {
    return readFileSync(`/proc/${pid}/environ`);
  } catch {
    return Buffer.alloc(0);
  }
}
