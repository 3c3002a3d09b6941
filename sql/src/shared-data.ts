import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = process.env.AHP_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));

/**
 * Folder of reference data that lies beside the project (published files, reference vectors, hostile inputs) and is never part of it.
 * Returns the absolute path of `part` inside it, or null when it is absent: tests then skip with `skipReason`.
 */
export function sharedData(part: string): string | null {
  const path = `${root}/data/${part}`;
  return existsSync(path) ? path : null;
}

/** The line printed by a test that needs `part` and does not find it. */
export function skipReason(part: string): string {
  return `skipped: ../shared/data/${part} is not beside the project (set AHP_SHARED to the folder that holds data/)`;
}
