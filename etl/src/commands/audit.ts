import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { attacks } from '../auditor/attacks/index.ts';
import { auditExisting } from '../auditor/audit.ts';
import { reportText } from '../auditor/report.ts';
import { secretOf } from '../disclosure/secret-of-data.ts';
import { Progress } from '../progress.ts';
import { Refusal } from '../refusal.ts';
import { currentVersion } from '../releases/folder.ts';

interface Options {
  data: string;
  release?: string;
  extracts?: string[];
  attacks: 'all' | 'fast';
  memory: string;
  json?: boolean;
}

export const auditCommand = new Command('audit')
  .description(
    'Attacks a release in more than twenty ways, with the truth at hand and without the secret, and keeps the report in it.',
  )
  .requiredOption('--data <dir>', 'data folder')
  .option('--release <version>', 'the release to attack (the current one when absent)')
  .option('--extracts <paths...>', 'the files that the release was made from (<data>/extracts when absent)')
  .addOption(
    new Option('--attacks <which>', 'all of them, or those that every build runs')
      .choices(['all', 'fast'])
      .default('all'),
  )
  .option('--memory <size>', 'memory that the engine may use before it spills to disk', '1200MB')
  .option('--json', 'print the report as JSON')
  .addHelpText(
    'after',
    `
The exact counts are kept nowhere: the release is built again from its extracts, in a folder that is removed afterwards.
Six attacks start the api on the release and ask it questions over HTTP.

Example:
  npm run etl -- audit --data data`,
  )
  .action(async (options: Options) => {
    const { data, json } = options;
    const version = options.release ?? currentVersion(data);
    if (!version) throw new Refusal('no_release', `there is no release in ${data} yet: \`etl build\` makes one.`);
    const report = await auditExisting({
      data,
      version,
      extracts: options.extracts ?? [extractsIn(data)],
      attacks: attacks.filter(({ fast }) => options.attacks === 'all' || fast),
      memory: options.memory,
      secret: (synthetic) => secretOf(data, synthetic),
      progress: new Progress({ quiet: json }),
    });
    console.log(json ? JSON.stringify(report, null, 2) : `\n${reportText(report)}`);
    if (!report.passed) process.exitCode = 1;
  });

function extractsIn(data: string): string {
  const folder = join(data, 'extracts');
  if (!existsSync(folder))
    throw new Refusal(
      'no_extracts',
      `${folder} does not exist: name the files that the release was made from with --extracts.`,
    );
  return folder;
}
