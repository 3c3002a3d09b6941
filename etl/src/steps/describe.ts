import type { CheckResult } from './check.ts';
import { extracts } from '../extracts/index.ts';
import { meant } from '../reading/strange-words.ts';
import { ExtractRefusal, printable } from '../reading/extract-refusal.ts';
import type { Refusal } from '../refusal.ts';
import type { Rejected } from './quarantine.ts';

/** A checked file with why rows of it are quarantined. */
export type Checked = CheckResult & Pick<Rejected, 'reasons'>;

const whole = new Intl.NumberFormat('en-GB');

/** What a check found, as lines for a terminal: what was loaded, what was not and why, and what to look at. */
export function describeCheck(result: Checked): string[] {
  const rate = Math.round(result.read / Math.max(0.001, result.milliseconds / 1000));
  const speed = result.reader === 'kept' ? 'kept from an earlier check' : `${whole.format(rate)} rows a second`;
  const lines = [
    `${result.file}: ${result.extract}, layout ${result.layout}: ${whole.format(result.loaded)} of ${whole.format(result.read)} rows are good (${speed}).`,
  ];
  if (result.quarantined > 0)
    lines.push(
      `  ${whole.format(result.quarantined)} ${result.quarantined === 1 ? 'row is' : 'rows are'} quarantined:`,
    );
  for (const { column, reason, rows, firstLine, values, shapes } of result.reasons) {
    const what = column === null ? 'the row' : `“${column}”`;
    lines.push(
      `    ${what} ${reason}: ${whole.format(rows)} row${rows === 1 ? '' : 's'}, first on line ${whole.format(firstLine)}${held(result.extract, column, values, shapes)}`,
    );
  }
  for (const warning of result.warnings) lines.push(`  Note: ${warning}`);
  return lines;
}

/** The values of a reason where they tell of nobody, with what was most likely meant; else their shape. */
function held(
  extract: string,
  name: string | null,
  values: Rejected['reasons'][number]['values'],
  shapes: readonly string[],
): string {
  const column = extracts.find((one) => one.name === extract)?.columns.find((one) => one.name === name);
  if (values.length > 0)
    return `: ${values.map(({ value, rows }) => `“${printable(value)}” ${whole.format(rows)}${column?.kind === 'code' ? meant(column, value) : ''}`).join(', ')}`;
  return shapes.length > 0 ? `: written like “${printable(shapes[0]!)}”` : '';
}

/** Which optional columns are left out, a line for all files of an extract that leave out the same. */
export function describeAbsent(results: readonly CheckResult[]): string[] {
  const some = results.filter(({ absent }) => absent.length > 0);
  const alike = Map.groupBy(some, ({ extract, absent }) => `${extract}: ${absent.join(', ')}`);
  return [...alike.values()].map((files) => {
    const { file, extract, absent } = files[0]!;
    const where = files.length === 1 ? file : `${whole.format(files.length)} ${extract} files`;
    return `Not in ${where}: ${absent.join(', ')}.`;
  });
}

/** A refusal as lines for a terminal: the file, where, what is wrong, what to do. */
export function describeRefusal(refusal: Refusal): string[] {
  const { message, details } = refusal;
  return [
    refusal instanceof ExtractRefusal ? `${message} The file is refused.` : message,
    ...details.map((one) => `  ${one}`),
  ];
}

/** The same for machines. */
export function checkAsJson(result: Checked): Record<string, unknown> {
  return { ...result, milliseconds: Math.round(result.milliseconds), status: 'checked' };
}

/** The same for machines; what is refused of all files together names no file. */
export function refusalAsJson(refusal: Refusal): Record<string, unknown> {
  const { code, message, details } = refusal;
  if (!(refusal instanceof ExtractRefusal))
    return { status: 'refused', code, problem: [message, ...details.slice(0, -1)].join(' '), remedy: details.at(-1) };
  const { file, line, column, problem, remedy } = refusal;
  return { status: 'refused', code, file, line, column, problem, remedy };
}
