import { CommanderError } from 'commander';
import { Refusal } from '../refusal.ts';

/** Prints why a command did not succeed, in sentences; a stack trace only with AHP_DEBUG=1. Returns the exit code: 1 refused or failed, 2 wrong usage. */
export function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Refusal) {
    console.error(`\nRefused: ${error.message}`);
    for (const detail of error.details) console.error(`  · ${detail}`);
  } else {
    console.error(`\nFailed: ${(error as Error).message}`);
  }
  if (process.env.AHP_DEBUG) console.error((error as Error).stack);
  return 1;
}
