// Plain JavaScript for whatever Node the machine has: this runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const node24 = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

const packageManager = 'pnpm@12.20.0';
const mark = join(root, 'node_modules', '.installed');

/** Installs the locked dependencies (and with them Node 24) unless just these are installed already. */
export function ensureInstalled() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex');
  if (existsSync(node24) && existsSync(mark) && readFileSync(mark, 'utf8') === lock) return;
  if (Number(process.versions.node.split('.')[0]) < 18)
    stop(
      `Node ${process.versions.node} is too old to install with: Node 18 or later is needed (any; the service then runs on its own Node 24).`,
    );
  console.error('Installing dependencies (once)…');
  const started = Date.now();
  const done = spawnSync(
    'npx',
    ['--yes', packageManager, 'install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=warn'],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      shell: process.platform === 'win32',
      env: { ...process.env, npm_config_update_notifier: 'false' },
    },
  );
  if (done.error?.code === 'ENOENT') stop('npx was not found: it comes with npm 7 or later, which Node installs.');
  if (done.status !== 0 || !existsSync(node24)) {
    console.error([done.stdout, done.stderr].join('\n').trim().split('\n').slice(-20).join('\n'));
    stop(
      'The dependencies could not be installed. The npm registry must be reachable (set npm’s registry and proxy as your network needs), and npm must be version 7 or later.',
    );
  }
  writeFileSync(mark, lock);
  console.error(`Installed in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
}

function stop(sentence) {
  console.error(sentence);
  process.exit(1);
}
