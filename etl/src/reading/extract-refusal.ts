import { Refusal } from '../refusal.ts';

export type ExtractRefusalCode =
  | 'unreadable'
  | 'empty'
  | 'unknown_layout'
  | 'header'
  | 'encoding'
  | 'structure'
  | 'cut_short'
  | 'too_large'
  | 'identifiers'
  | 'pseudonyms'
  | 'words'
  | 'changed'
  | 'checksum'
  | 'crashed'
  | 'memory'
  | 'too_slow'
  | 'too_unique';

/** Why a file cannot be taken at all: which file, what is wrong, where, and what to do. Holds no value that may be somebody's. */
export class ExtractRefusal extends Refusal {
  declare readonly code: ExtractRefusalCode;
  readonly file: string;
  readonly problem: string;
  readonly remedy: string;
  readonly line?: number;
  readonly column?: string;

  constructor(
    code: ExtractRefusalCode,
    file: string,
    problem: string,
    remedy: string,
    at: { line?: number; column?: string } = {},
  ) {
    const name = printable(file.slice(file.lastIndexOf('/') + 1));
    super(code, `${name}${at.line === undefined ? '' : `, line ${at.line}`}: ${problem}`, [remedy]);
    this.name = 'ExtractRefusal';
    this.file = name;
    this.problem = problem;
    this.remedy = remedy;
    this.line = at.line;
    this.column = at.column === undefined ? undefined : printable(at.column);
  }
}

/** A name as it may be printed on one line: control, bidirectional and zero-width characters become `?`, and at most 200 remain. */
export function printable(name: string): string {
  return name.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, '?').slice(0, 200);
}
