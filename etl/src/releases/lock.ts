import { existsSync, linkSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openWorkshop } from '@ahp/sql/open';
import { Refusal } from '../refusal.ts';

const heldHere = new Set<string>();

/**
 * Lets one build at a time work in a data folder. Returns what releases the lock.
 * Throws Refusal `busy` when another build is running; a build that was killed holds nothing.
 */
export function lockBuild(data: string): Promise<() => void> {
  return take(data, '.build.lock', 'build');
}

/**
 * Runs `work` while nobody else changes which releases there are or which is current: those are moments, so this waits for up to ten
 * seconds where a build would not. Throws Refusal `busy` after that.
 */
export async function whileLocked<T>(data: string, work: () => T | Promise<T>): Promise<T> {
  const release = await patiently(() => take(data, '.releases.lock', 'command on the releases'), Date.now() + 10_000);
  try {
    return await work();
  } finally {
    release();
  }
}

async function patiently<T>(attempt: () => Promise<T>, until: number): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'busy') || Date.now() > until) throw error;
      await new Promise((again) => setTimeout(again, 50));
    }
  }
}

// The lock is that of an open DuckDB file: the operating system ends it with its process, so that no stale lock can exist,
// which a file holding a process id cannot promise.
async function take(data: string, name: string, what: string): Promise<() => void> {
  const path = resolve(data, 'releases', name);
  const busy = (holder: string) =>
    new Refusal('busy', `another ${what}${holder} is working in ${data}: wait until it ends, then run this again.`);
  if (heldHere.has(path)) throw busy(' of this process');
  heldHere.add(path);
  try {
    await makeLockFile(path);
    const instance = await openWorkshop(path);
    return () => {
      instance.closeSync();
      heldHere.delete(path);
    };
  } catch (error) {
    heldHere.delete(path);
    const { message } = error as Error;
    if (/could not set lock/i.test(message)) throw busy(holderIn(message));
    throw error;
  }
}

/** Makes the file whole under another name first: a crash cannot leave half a lock file. */
async function makeLockFile(path: string): Promise<void> {
  if (existsSync(path)) return;
  mkdirSync(join(path, '..'), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  rmSync(temporary, { force: true });
  (await openWorkshop(temporary)).closeSync();
  try {
    linkSync(temporary, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
}

function holderIn(message: string): string {
  const process = /PID (\d+)/.exec(message)?.[1];
  return process ? ` (process ${process})` : '';
}
