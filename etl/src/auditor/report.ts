import { join } from 'node:path';
import { writeAtomically } from '../releases/durable.ts';
import type { Result } from './run.ts';
import { utilityText, type Utility } from './utility.ts';

/** The report that is kept in the private part of the release: figures and criteria, never a true count. */
export interface Report {
  version: string;
  auditedAt: string;
  passed: boolean;
  attacks: {
    number: number;
    id: string;
    title: string;
    criterion: string;
    figure: string;
    passed: boolean;
    seconds: number;
  }[];
  /** What protection costs; measured by `etl audit`, not by a build. */
  utility?: Utility | null;
}

/** What the attacks came to, as data. */
export function reportOf(version: string, results: readonly Result[], utility?: Utility | null): Report {
  return {
    version,
    auditedAt: new Date().toISOString(),
    passed: results.every(({ outcome }) => outcome.passed),
    attacks: results.map(({ attack: { number, id, title, criterion }, outcome, seconds }) => ({
      number,
      id,
      title,
      criterion,
      ...outcome,
      seconds: Math.round(seconds * 10) / 10,
    })),
    ...(utility === undefined ? {} : { utility }),
  };
}

/** Writes `audit.json` into the folder of a private part. */
export function writeReport(
  folder: string,
  version: string,
  results: readonly Result[],
  utility?: Utility | null,
): Report {
  const report = reportOf(version, results, utility);
  writeAtomically(join(folder, 'audit.json'), `${JSON.stringify(report, null, 2)}\n`);
  return report;
}

/** The report for a terminal: each attack, its criterion, its figure; what protection costs; the verdict. */
export function reportText({ version, passed, attacks, utility }: Report): string {
  const lines = attacks.map(
    ({ number, title, criterion, figure, passed: stood, seconds }) =>
      `${stood ? '✓' : '✗'} ${String(number).padStart(2)}  ${title}  (${seconds.toFixed(1)} s)\n      wanted  ${criterion}\n      found   ${figure}`,
  );
  const failed = attacks.filter((attack) => !attack.passed).map(({ number }) => number);
  const verdict = passed
    ? `Release ${version} withstands all ${attacks.length} attacks.`
    : `Release ${version} falls to ${failed.length} of ${attacks.length} attacks (${failed.join(', ')}): tighten the policy, never the criterion.`;
  return [...lines, '', ...(utility ? [utilityText(utility), ''] : []), verdict].join('\n');
}
