import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Settings } from './messages.ts';

const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const code = ['node_modules', 'etl', 'sql'].map(at);

/** Megabytes of JavaScript that a reader may hold beside its engine's memory. */
const heap = 256;

/**
 * Starts a process that can read the files and folders named and its own code, write to the folders in `writes`, start no other process, leave no
 * memory dump, and see no environment (the secret is in there) and, where the kernel lets an ordinary user say so, no network. On Linux it ends with
 * the process that started it, whatever it is doing.
 */
export function launch(
  reads: readonly string[],
  writes: readonly string[],
  memory: number,
  temporary: string,
): ChildProcess {
  const [readable, writable] = [reads.flatMap(bothNames), writes.flatMap(bothNames)];
  const isFolder = (path: string) => statSync(path).isDirectory();
  const settings: Settings = {
    memory,
    temporary,
    files: readable.filter((path) => !isFolder(path)),
    folders: [...readable.filter(isFolder), ...writable, temporary],
  };
  const [command, ...args] = [
    ...apart(),
    process.execPath,
    '--no-warnings',
    '--permission',
    // DuckDB is an addon; its own settings keep it to the same files.
    '--allow-addons',
    ...[...code, ...readable, ...writable].map((path) => `--allow-fs-read=${path}`),
    ...writable.map((path) => `--allow-fs-write=${path}`),
    `--max-old-space-size=${heap}`,
    fileURLToPath(new URL('main.ts', import.meta.url)),
    JSON.stringify(settings),
  ];
  const child = spawn('/bin/sh', ['-c', 'ulimit -c 0; exec "$@"', 'sh', command!, ...args], {
    env: { UV_THREADPOOL_SIZE: '4' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  firstToGo(child);
  return child;
}

// Node compares paths as they are given, DuckDB what they lead to.
function bothNames(path: string): string[] {
  return [...new Set([resolve(path), realpathSync(path)])];
}

let prefix: string[] | undefined;

// Without a network; and gone with the process that started it, also when a file has it in a loop that hears of nothing. In this order: who enters a
// namespace of its own no longer dies with its parent.
function apart(): string[] {
  const tried = [
    ['/usr/bin/unshare', '--map-current-user', '--net', '--'],
    ['/usr/bin/setpriv', '--pdeathsig', 'KILL', '--'],
  ];
  const works = ([command, ...args]: string[]) =>
    existsSync(command!) && spawnSync(command!, [...args, '/bin/true']).status === 0;
  return (prefix ??= tried.filter(works).flat());
}

// When the machine has no memory left, the kernel takes a reader before the build or anything else.
function firstToGo({ pid }: ChildProcess): void {
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, '1000');
  } catch {
    // Another kernel than Linux.
  }
}
