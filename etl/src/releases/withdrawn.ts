import type { KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWithdrawals, withdrawalLine } from '@ahp/sql/withdrawals';
import { appendLine } from './durable.ts';

const listFile = (releases: string): string => join(releases, 'withdrawn.jsonl');

/** The releases of a folder of releases that were withdrawn, and how many lines say so. */
export function withdrawnFrom(releases: string): { versions: ReadonlySet<string>; length: number } {
  const path = listFile(releases);
  return readWithdrawals(existsSync(path) ? readFileSync(path, 'utf8') : '', []);
}

/** Adds a release to the list, unless it is there; the line is on disk when this returns, and is never taken out again. */
export function addWithdrawal(releases: string, version: string, by: string, key: KeyObject): void {
  const { versions, length } = withdrawnFrom(releases);
  if (versions.has(version)) return;
  appendLine(
    listFile(releases),
    withdrawalLine({ number: length + 1, version, at: new Date().toISOString(), by }, key),
  );
}
