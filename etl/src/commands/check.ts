import { Command } from 'commander';
import { checkExtracts, type CheckReport } from '../check-extracts.ts';
import { foundSecret } from '../disclosure/secret-of-data.ts';
import { acceptOption, becauseOption, leaveOutOption } from './deciding.ts';
import { uniqueLimitOption, uniquenessText } from '../identifiers/unique-limit.ts';
import { Progress } from '../progress.ts';
import { listReleases, prunedManifests } from '../releases/folder.ts';
import { refuseOtherSecret } from '../releases/same-secret.ts';
import { storageRefusal } from '../releases/storage-refusal.ts';
import { checkAsJson, describeAbsent, describeCheck, describeRefusal, refusalAsJson } from '../steps/describe.ts';

interface Options {
  data?: string;
  memory: string;
  rejects?: string;
  uniqueLimit?: number;
  newPeople?: boolean;
  fewerPeriods?: boolean;
  rekey?: boolean;
  accept?: string[];
  because?: string[];
  leaveOut?: string[];
  json?: boolean;
}

export const checkCommand = new Command('check')
  .description(
    'Says what a build from these files would take, quarantine and refuse, and builds nothing. A folder is judged as a whole: organisations, people seen again, periods.',
  )
  .argument('<files...>', 'files or folders')
  .option('--data <dir>', 'judge all files together, also against the release that is served from there')
  .option('--rejects <file.csv>', 'write every row that would be quarantined: file, line, column, reason, masked value')
  .addOption(uniqueLimitOption())
  .option('--new-people', 'as for build')
  .option('--fewer-periods', 'as for build')
  .option('--rekey', 'as for build')
  .addOption(acceptOption())
  .addOption(becauseOption())
  .addOption(leaveOutOption())
  .option('--memory <size>', 'memory that the engine may use before it spills to disk', '1200MB')
  .option('--json', 'print the results as JSON')
  .addHelpText(
    'after',
    '\nExit codes: 0 a build would take this (rows in quarantine are named), 1 it would refuse it, 2 wrong usage.\n\nExamples:\n  npm run etl -- check extracts/workforce-2026-03-synthetic.csv\n  npm run etl -- check extracts --data data',
  )
  .action(async (files: string[], options: Options) => {
    const progress = new Progress({ quiet: options.json });
    const secret = (synthetic: boolean) => secretAsBefore(options, synthetic);
    const report = await checkExtracts({ ...options, files, progress, secret }).catch((error: unknown) => {
      throw storageRefusal(error, options.data ?? '.') ?? error;
    });
    const { results, refusals } = report;
    if (options.json) {
      const json = {
        verdict: refusals.length > 0 ? 'refused' : 'taken',
        ...report,
        results: results.map(checkAsJson),
        refusals: refusals.map(refusalAsJson),
      };
      console.log(JSON.stringify(json, null, 2));
    } else for (const line of describe(report)) console.log(line);
    if (refusals.length > 0) process.exitCode = 1;
  });

/** Throws Refusal when a build would: the secret of the data folder is missing, or is not the one of before. */
function secretAsBefore({ data, rekey }: Options, synthetic: boolean): void {
  const secret = foundSecret(data!, synthetic);
  if (secret && !rekey) refuseOtherSecret([...prunedManifests(data!), ...listReleases(data!)], secret);
}

function describe(report: CheckReport): string[] {
  const { results, refusals, notes, uniqueness, against, added, coverage } = report;
  const n = (value: number) => value.toLocaleString('en-GB');
  const sum = (of: 'read' | 'loaded' | 'quarantined') => n(results.reduce((all, result) => all + result[of], 0));
  return [
    ...results.flatMap(describeCheck),
    ...describeAbsent(results),
    ...notes,
    ...uniquenessText(uniqueness),
    ...some(
      coverage.map(({ area, note }) => `  ${area}: ${note}`),
      10,
      'Silent in months that others reported:',
    ),
    ...some(
      added.map((line) => `  ${line}`),
      20,
      `New against release ${against}:`,
    ),
    ...refusals.flatMap(describeRefusal),
    ...(results.length > 0
      ? [`${sum('read')} rows read = ${sum('loaded')} loaded + ${sum('quarantined')} quarantined.`]
      : []),
    verdict(report),
  ];
}

/** What a build from these files would do, which the exit code follows. */
function verdict({ refusals: { length: reasons }, results, together }: CheckReport): string {
  const rest = together
    ? ''
    : ' Organisations, people seen again and periods were not judged: for these, check the whole folder once no file in it is refused.';
  if (reasons > 0) return `A build would refuse this, for ${reasons} reason${reasons === 1 ? '' : 's'}.${rest}`;
  const rows = results.reduce((sum, { quarantined }) => sum + quarantined, 0);
  const without =
    rows === 0 ? '' : `, without the ${rows === 1 ? 'row' : `${rows.toLocaleString('en-GB')} rows`} in quarantine`;
  return `A build would take this${without}.${rest}`;
}

const some = (lines: readonly string[], most: number, heading: string): string[] => [
  ...(lines.length > 0 ? [heading] : []),
  ...lines.slice(0, most),
  ...(lines.length > most ? [`  … ${lines.length - most} more (--json)`] : []),
];
