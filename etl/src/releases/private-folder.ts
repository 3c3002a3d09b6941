import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { openWorkshop } from '@ahp/sql/open';

const prefix = 'etl-private-';
const held = '.held';
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const live = new Set<string>();

/**
 * Runs `work` with a folder for rows of people, that its owner alone can read, in the data folder where there is one, and removes it, also when
 * somebody stops the process. What a killed process left (`kill -9`, power) is removed at the next start.
 */
export async function inPrivateFolder<T>(data: string | undefined, work: (folder: string) => Promise<T>): Promise<T> {
  const parent = parentIn(data);
  await sweep(parent);
  const folder = mkdtempSync(join(parentIn(data), `${prefix}${process.pid}-`));
  live.add(basename(folder));
  const lock = await openWorkshop(join(folder, held));
  const remove = () => {
    rmSync(folder, { recursive: true, force: true });
    live.delete(basename(folder));
    if (data !== undefined) removeIfEmpty(resolve(data, 'temporary'));
  };
  const stop = (signal: NodeJS.Signals) => (remove(), process.kill(process.pid, signal));
  for (const signal of signals) process.once(signal, stop);
  try {
    return await work(folder);
  } finally {
    lock.closeSync();
    remove();
    for (const signal of signals) process.off(signal, stop);
  }
}

function parentIn(data: string | undefined): string {
  if (data === undefined || !existsSync(data)) return resolve(tmpdir());
  const parent = resolve(data, 'temporary');
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  chmodSync(parent, 0o700);
  return parent;
}

function removeIfEmpty(parent: string): void {
  try {
    rmdirSync(parent);
  } catch {
    // Another check is at work in it, or it never was.
  }
}

/** Removes the folders whose process is gone: the operating system has let go of their lock. */
async function sweep(parent: string): Promise<void> {
  const own = (name: string) => live.has(name) || name.startsWith(`${prefix}${process.pid}-`);
  for (const name of readdirSync(parent).filter((name) => name.startsWith(prefix) && !own(name))) {
    const folder = join(parent, name);
    // Without a lock it is empty: its process is about to take one, or never will.
    if (!existsSync(join(folder, held)) || (await isHeld(join(folder, held)))) continue;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function isHeld(path: string): Promise<boolean> {
  try {
    (await openWorkshop(path)).closeSync();
    return false;
  } catch (error) {
    // Of another user: theirs to remove.
    return /could not set lock|permission denied/i.test((error as Error).message);
  }
}
