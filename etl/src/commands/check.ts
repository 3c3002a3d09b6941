import { Command } from 'commander';
import { checkExtracts, type CheckReport } from '../check-extracts.ts';
import { uniqueLimitOption, uniquenessText } from '../identifiers/unique-limit.ts';
import { Progress } from '../progress.ts';
import { storageRefusal } from '../releases/storage-refusal.ts';
import { checkAsJson, describeAbsent, describeCheck, describeRefusal, refusalAsJson } from '../steps/describe.ts';

interface Options {
  data?: string;
  memory: string;
  rejects?: string;
  uniqueLimit?: number;
  newPeople?: boolean;
  fewerPeriods?: boolean;
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
  .option('--memory <size>', 'memory that the engine may use before it spills to disk', '1200MB')
  .option('--json', 'print the results as JSON')
  .addHelpText(
    'after',
    '\nExamples:\n  npm run etl -- check extracts/workforce-2026-03-synthetic.csv\n  npm run etl -- check extracts --data data',
  )
  .action(async (files: string[], options: Options) => {
    const progress = new Progress({ quiet: options.json });
    const report = await checkExtracts({ ...options, files, progress }).catch((error: unknown) => {
      throw storageRefusal(error, options.data ?? '.') ?? error;
    });
    const { results, refusals } = report;
    if (options.json) {
      const json = { ...report, results: results.map(checkAsJson), refusals: refusals.map(refusalAsJson) };
      console.log(JSON.stringify(json, null, 2));
    } else for (const line of describe(report)) console.log(line);
    if (refusals.length > 0 || results.some(({ quarantined }) => quarantined > 0)) process.exitCode = 1;
  });

function describe({ results, refusals, notes, uniqueness, together, against, added, coverage }: CheckReport): string[] {
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
    verdict(refusals.length, together),
  ];
}

function verdict(refusals: number, together: boolean): string {
  const rest = together
    ? ''
    : ' Organisations, people seen again and periods were not judged: for these, check the whole folder once no file in it is refused.';
  if (refusals > 0) return `A build would refuse this, for ${refusals} reason${refusals === 1 ? '' : 's'}.${rest}`;
  return `A build would take this.${rest}`;
}

const some = (lines: readonly string[], most: number, heading: string): string[] => [
  ...(lines.length > 0 ? [heading] : []),
  ...lines.slice(0, most),
  ...(lines.length > most ? [`  … ${lines.length - most} more (--json)`] : []),
];
