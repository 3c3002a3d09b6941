import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appendLine } from '../releases/durable.ts';

/** What was decided of a finding, or of an organisation and month. */
export interface Decided {
  what: 'accepted' | 'left out';
  /** The name of the finding, or organisation and month. */
  of: string;
  because?: string;
  statistic?: number;
  stopsAt?: number;
  base?: number;
  /** Of the rows that were judged, from two months before on: other rows are another question. */
  fingerprint?: string;
}

/** One line of `findings.jsonl` in the data folder: who let what pass and why, or left what out. */
export interface Decision extends Decided {
  at: string;
  by: string;
}

const path = (data: string) => join(data, 'findings.jsonl');

/** Adds decisions to the log, which is never rewritten. */
export function recordDecisions(data: string, by: string, decisions: readonly Decided[]): void {
  const at = new Date().toISOString();
  for (const decided of decisions) appendLine(path(data), JSON.stringify({ at, by, ...decided }));
}

/** The log of decisions, oldest first. A line that a crash cut short says nothing. */
export function readDecisions(data: string | undefined): Decision[] {
  if (data === undefined || !existsSync(path(data))) return [];
  return readFileSync(path(data), 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as Decision];
      } catch {
        return [];
      }
    });
}
