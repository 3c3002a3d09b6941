// Runs a TypeScript entry point on the Node 24 of the lock file: `node scripts/run.mjs etl/src/cli.ts --help`.
import { spawn } from 'node:child_process';
import { ensureInstalled, node24, root } from './install.mjs';
import { join } from 'node:path';

ensureInstalled();
const [entry, ...args] = process.argv.slice(2);
const child = spawn(node24, ['--disable-warning=ExperimentalWarning', join(root, entry), ...args], {
  stdio: 'inherit',
  // Each running query holds a thread of this pool; with the default of 4 a few heavy ones stop all others.
  env: { UV_THREADPOOL_SIZE: '24', ...process.env },
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 130 : 1)));
