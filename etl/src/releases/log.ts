import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appendLine } from './durable.ts';

export type Event = 'staged' | 'approved' | 'published' | 'rolled_back' | 'withdrawn' | 'pruned';

/** One line of `releases/log.jsonl`: when, who, what, of which version. */
export interface LogEntry {
  at: string;
  by: string;
  what: Event;
  version: string;
  /** The release that was current before, of `published` and `rolled_back`. */
  from?: string | null;
  /** The release that a rollback withdraws. */
  withdraws?: string;
  embargoUntil?: string | null;
}

const logPath = (data: string): string => join(data, 'releases', 'log.jsonl');

/** Adds to the log, which is never rewritten; the line is on disk when this returns. */
export function record(data: string, entry: Omit<LogEntry, 'at'>): void {
  appendLine(logPath(data), JSON.stringify({ at: new Date().toISOString(), ...entry }));
}

/** The log, oldest first. A line that a crash cut short is passed over: what it would have said had not happened. */
export function readLog(data: string): LogEntry[] {
  if (!existsSync(logPath(data))) return [];
  return readFileSync(logPath(data), 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as LogEntry];
      } catch {
        return [];
      }
    });
}
