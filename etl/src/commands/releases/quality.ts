import { existsSync } from 'node:fs';
import { qualityOf } from '../../releases/quality.ts';
import { reportsFolder } from '../../steps/reports.ts';
import { reportText } from '../quality-text.ts';
import { onReleases, servedVersion, writing } from './option.ts';

interface Options {
  data: string;
  all?: boolean;
  json?: boolean;
}

export const qualityCommand = onReleases(
  'quality',
  'How good the data of a release is (the current one when no version is given): rejects, miscoding, coverage, unknown shares, residuals, staleness, what changed. ! marks what somebody should look into.',
)
  .argument('[version]')
  .option('--all', 'every line of every section')
  .option('--json', 'as JSON')
  .action(async (version: string | undefined, { data, all, json }: Options) => {
    const report = await writing(data, qualityOf(data, version ?? servedVersion(data)));
    if (json) return console.log(JSON.stringify(report, null, 2));
    console.log(reportText(report, all ? Infinity : 8));
    const lists = reportsFolder(data, report.version);
    if (existsSync(lists)) console.log(`Row by row, for the operator alone: ${lists}`);
  });
