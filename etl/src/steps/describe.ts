import type { CheckResult } from './check.ts';
import { uniquenessText } from '../identifiers/unique-limit.ts';
import { ExtractRefusal } from '../reading/extract-refusal.ts';

const whole = new Intl.NumberFormat('en-GB');

/** What a check found, as lines for a terminal: what was loaded, what was not and why, and what to look at. */
export function describeCheck(result: CheckResult): string[] {
  const rate = Math.round(result.read / Math.max(0.001, result.milliseconds / 1000));
  const speed = result.reader === 'kept' ? 'kept from an earlier check' : `${whole.format(rate)} rows a second`;
  const lines = [
    `${result.file}: ${result.extract}, layout ${result.layout}: ${whole.format(result.loaded)} of ${whole.format(result.read)} rows are good (${speed}).`,
  ];
  if (result.quarantined > 0) lines.push(`  ${whole.format(result.quarantined)} rows are quarantined:`);
  for (const { column, reason, rows, firstLine } of result.reasons) {
    const what = column === null ? 'the row' : `“${column}”`;
    lines.push(
      `    ${what} ${reason}: ${whole.format(rows)} row${rows === 1 ? '' : 's'}, first on line ${whole.format(firstLine)}`,
    );
  }
  for (const warning of result.warnings) lines.push(`  Note: ${warning}`);
  if (result.absent.length > 0) lines.push(`  Not in this file: ${result.absent.join(', ')}.`);
  for (const line of uniquenessText(result.uniqueness ?? [])) lines.push(`  ${line}`);
  return lines;
}

/** A refusal as lines for a terminal: the file, where, what is wrong, what to do. */
export function describeRefusal(refusal: ExtractRefusal): string[] {
  return [`${refusal.message} The file is refused.`, `  ${refusal.remedy}`];
}

/** The same for machines. */
export function checkAsJson(result: CheckResult): Record<string, unknown> {
  return { ...result, milliseconds: Math.round(result.milliseconds), status: 'checked' };
}

export function refusalAsJson({ code, file, line, column, problem, remedy }: ExtractRefusal): Record<string, unknown> {
  return { status: 'refused', code, file, line, column, problem, remedy };
}
