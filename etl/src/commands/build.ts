import { Command } from 'commander';
import { build, type BuildResult } from '../build.ts';
import { secretOf } from '../disclosure/secret-of-data.ts';
import { uniqueLimitOption, uniquenessText } from '../identifiers/unique-limit.ts';
import { Progress } from '../progress.ts';
import type { Manifest } from '../releases/manifest.ts';
import type { PrivatePart } from '../releases/private-part.ts';
import { storageRefusal } from '../releases/storage-refusal.ts';
import { who } from '../releases/who.ts';
import { reportsFolder } from '../steps/reports.ts';
import { acceptOption, becauseOption, leaveOutOption } from './deciding.ts';
import { momentAhead } from './moment.ts';
import { valueText } from './quality-text.ts';

interface Options {
  extracts: string[];
  data: string;
  title: string;
  memory: string;
  uniqueLimit?: number;
  newPeople?: boolean;
  fewerPeriods?: boolean;
  accept?: string[];
  because?: string[];
  leaveOut?: string[];
  by?: string;
  stage?: boolean;
  fourEyes?: boolean;
  embargo?: string;
  dryRun?: boolean;
  rekey?: boolean;
  json?: boolean;
}

export const buildCommand = new Command('build')
  .description('All steps of a release: receive, check, conform, ledger, lattice, protect, audit, publish.')
  .requiredOption(
    '--extracts <paths...>',
    'folders or files to load: person-level extracts, official publications, or both',
  )
  .requiredOption('--data <dir>', 'data folder; releases go to <dir>/releases')
  .option('--title <text>', 'title of the release', 'AHP support workforce')
  .option('--memory <size>', 'memory that the engine may use before it spills to disk', '1200MB')
  .addOption(uniqueLimitOption())
  .option('--new-people', 'accept organisations whose people are all others from one month to the next')
  .option('--fewer-periods', 'accept that periods or figures of the current release vanish')
  .addOption(acceptOption())
  .addOption(becauseOption())
  .addOption(leaveOutOption())
  .option('--stage', 'do not publish: wait for `etl releases approve` and `etl releases publish`')
  .option('--four-eyes', 'as --stage, and somebody other than the builder must approve')
  .option(
    '--embargo <time>',
    'do not publish before, for example 2026-12-10T09:30Z (`etl releases publish-due` does it)',
    momentAhead,
  )
  .option('--by <name>', 'who builds, for the log (the account that runs this when absent)')
  .option('--rekey', 'accept another secret than that of the releases before: what was published stays as it was drawn')
  .option('--dry-run', 'stop before publishing')
  .option('--json', 'print the manifest, with the quality of the data, as JSON')
  .addHelpText(
    'after',
    `
The secret of the record keys is read from AHP_SECRET, or from the file that AHP_SECRET_FILE names, or from <data>/secret
(readable by its owner alone). For synthetic extracts a secret is made there when there is none; for real ones it never is.
The key that signs the release is AHP_SIGNING_KEY (PEM) or <data>/signing-key.pem, which the first build makes.

Example:
  npm run etl -- build --extracts extracts --data data`,
  )
  .action(async (options: Options) => {
    const progress = new Progress({ quiet: options.json });
    const result = await build({
      extracts: options.extracts,
      data: options.data,
      title: options.title,
      memory: options.memory,
      uniqueLimit: options.uniqueLimit,
      newPeople: options.newPeople,
      fewerPeriods: options.fewerPeriods,
      accept: options.accept,
      because: options.because,
      leaveOut: options.leaveOut,
      by: who(options.by),
      stage: options.stage || options.fourEyes,
      fourEyes: options.fourEyes,
      embargoUntil: options.embargo,
      dryRun: options.dryRun ?? false,
      rekey: options.rekey,
      secret: (synthetic) => secretOf(options.data, synthetic),
      progress,
    }).catch((error: unknown) => {
      throw storageRefusal(error, options.data) ?? error;
    });
    if (options.json) console.log(JSON.stringify(asJson(result), null, 2));
    else console.log(summary(result, options.data));
  });

/** What `build --json` prints: the manifest, and what of the private part an operator’s tools need. */
export type BuildReport = Omit<Manifest, 'checks'> &
  Pick<PrivatePart, 'inputs' | 'rows' | 'checks' | 'own'> &
  Pick<BuildResult, 'quality' | 'uniqueness' | 'peakMemory'>;

const asJson = ({ manifest, part, quality, uniqueness, peakMemory }: BuildResult): BuildReport => ({
  ...manifest,
  inputs: part.inputs,
  rows: part.rows,
  checks: part.checks,
  own: part.own,
  quality,
  uniqueness,
  peakMemory,
});

function summary(
  { manifest, part, outcome, quality, uniqueness, notes, seconds, peakMemory }: BuildResult,
  data: string,
): string {
  const n = (value: number) => value.toLocaleString('en-GB');
  const { version, audiences, checks, changes, comparedWith, embargoUntil } = manifest;
  const { rows, inputs, own } = part;
  const what = {
    published: 'published',
    staged: `staged: \`etl releases show ${version}\`, then \`etl releases approve ${version} --by NAME\`;`,
    approved: `built, under embargo until ${embargoUntil},`,
    'dry run': 'built and not published (dry run)',
    unchanged: 'stays: these extracts give the same cells, so there is no new release;',
  }[outcome];
  return [
    '',
    `Release ${version}${manifest.synthetic ? ' (synthetic)' : ''} ${what} in ${seconds.toFixed(1)} s`,
    `  rows      ${n(rows.read)} read = ${n(rows.loaded)} loaded + ${n(rows.quarantined)} quarantined, from ${inputs.length} files`,
    `  cells     ${audiences.map(({ id, cells = own.cells }) => `${id} ${n(cells)}`).join(', ')}`,
    `  periods   ${manifest.periods.map(({ grain, from, to }) => `${grain} ${from} to ${to}`).join('; ') || 'published figures only'}`,
    `  memory    ${(peakMemory / 2 ** 30).toFixed(2)} GiB at most`,
    `  checks    ${checks.filter(({ passed }) => passed).length} of ${checks.length} passed`,
    ...(changes.length > 0
      ? [`  changes   ${changes.length} against release ${comparedWith} (\`etl releases show ${version}\`)`]
      : []),
    ...(notes.length > 0 ? [`  notes     ${notes.length}`, ...some(notes, 5)] : []),
    ...rejected(quality, rows.quarantined),
    ...uniquenessText(uniqueness).map((line, i) => `  ${i === 0 ? 'alike   ' : '        '}  ${line}`),
    ...alerts(quality),
    ...(manifest.hasExtracts && outcome !== 'dry run' && outcome !== 'unchanged'
      ? [`  lists     of quarantined rows and of codes that do not fit: ${reportsFolder(data, version)}`]
      : []),
  ].join('\n');
}

function rejected(quality: BuildResult['quality'], rows: number): string[] {
  if (rows === 0) return [];
  const reasons = quality.filter(({ section }) => section === 'rejects');
  const lines = reasons.map(({ item, value, note }) => `${valueText(value ?? 0, 'rows')}: ${item} (${note})`);
  return [`  rejects   ${reasons.length} reason${reasons.length === 1 ? '' : 's'}`, ...some(lines, 5)];
}

function alerts(quality: BuildResult['quality']): string[] {
  const found = Map.groupBy(
    quality.filter(({ alert }) => alert),
    ({ section }) => section,
  );
  if (found.size === 0) return [];
  const told = [...found].map(([section, entries]) => `${section.replaceAll('_', ' ')} ${entries.length}`);
  return [`  look into ${told.join(', ')} (\`etl releases quality\`)`];
}

const some = (lines: readonly string[], most: number): string[] => [
  ...lines.slice(0, most).map((line) => `              ${line}`),
  ...(lines.length > most ? [`              … ${lines.length - most} more`] : []),
];
