import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../src/cli.ts', import.meta.url));

/** The command `etl`, for a shell. */
export const etlCommand = `'${process.execPath}' --disable-warning=ExperimentalWarning '${cli}'`;

/** One secret for all tests, so that a run that fails fails again. */
export const testSecret = { AHP_SECRET: '940c5e50096f15cccb9d72346ac6e5a96a005563a4cc70c6f7161243f1bbeb51' };

/** How a process ended, and all that it printed. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

export interface Running {
  child: ChildProcess;
  /** Resolves at the first line on stderr that matches, or when the process has ended. */
  says: (pattern: RegExp) => Promise<void>;
  ended: Promise<Ended>;
}

/** Starts `etl` as a process of its own; `uid` lets it run as another user. */
export function startEtl(args: readonly string[], options: { env?: NodeJS.ProcessEnv; uid?: number } = {}): Running {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cli, ...args], {
    env: { ...process.env, ...testSecret, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.uid === undefined ? {} : { uid: options.uid }),
  });
  let out = '';
  child.stdout.on('data', (chunk) => (out += chunk));
  const lines: string[] = [];
  const reader = createInterface({ input: child.stderr });
  reader.on('line', (line) => lines.push(line));
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, out, err: lines.join('\n') })),
  );
  const says = (pattern: RegExp) =>
    new Promise<void>((resolve) => {
      if (lines.some((line) => pattern.test(line))) return resolve();
      reader.on('line', (line) => pattern.test(line) && resolve());
      void ended.then(() => resolve());
    });
  return { child, says, ended };
}

/** Runs `etl` to its end. */
export const etl = (args: readonly string[], options?: Parameters<typeof startEtl>[1]): Promise<Ended> =>
  startEtl(args, options).ended;
