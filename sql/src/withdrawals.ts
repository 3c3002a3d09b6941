import type { KeyObject } from 'node:crypto';
import { isSigned, signed, type Signature } from './signed-manifest.ts';

/** A line of `releases/withdrawn.jsonl`: a release that may never be served again. Lines are numbered from 1 and only ever added. */
export interface Withdrawal {
  number: number;
  version: string;
  at: string;
  by: string;
  signature?: Signature;
}

/** What a list of withdrawals says, and what is wrong with it in words for the operator. */
export interface WithdrawalList {
  versions: ReadonlySet<string>;
  /** Lines that count: a last one that a crash cut short does not. */
  length: number;
  fault: string | null;
}

/** The line that withdraws a release, without its line end. */
export const withdrawalLine = (withdrawal: Omit<Withdrawal, 'signature'>, key: KeyObject): string =>
  JSON.stringify(signed(withdrawal, key));

/**
 * Reads a list of withdrawals. Whatever it names is withdrawn, even by a line that nobody signed: what is refused by mistake does less harm than what
 * is served by mistake. A line that is not signed by one of `keys`, or out of number, is a fault.
 */
export function readWithdrawals(text: string, keys: readonly KeyObject[]): WithdrawalList {
  const whole = text.endsWith('\n') ? text : text.slice(0, text.lastIndexOf('\n') + 1);
  const lines = whole.split('\n').filter((line) => line.trim() !== '');
  const found = lines.map(parse);
  const wrong = found.findIndex(
    (withdrawal, index) => !withdrawal || withdrawal.number !== index + 1 || !isSigned(withdrawal, keys),
  );
  return {
    versions: new Set(found.flatMap((withdrawal) => withdrawal?.version ?? [])),
    length: found.length,
    fault:
      wrong < 0
        ? null
        : `line ${wrong + 1} of releases/withdrawn.jsonl was changed, moved, or not signed by a known key`,
  };
}

function parse(line: string): Withdrawal | null {
  try {
    return JSON.parse(line) as Withdrawal;
  } catch {
    return null;
  }
}
