import { Command } from 'commander';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkshop } from '@ahp/sql/open';
import { quoted } from '../extracts/sql-text.ts';
import { Reader } from '../confined/reader.ts';
import { tooUnique, uniqueLimitOption } from '../identifiers/unique-limit.ts';
import { Progress } from '../progress.ts';
import { ExtractRefusal } from '../reading/extract-refusal.ts';
import type { CheckResult } from '../steps/check.ts';
import { checkAsJson, describeCheck, describeRefusal, refusalAsJson } from '../steps/describe.ts';
import { receive, type ReceivedFile } from '../steps/receive.ts';
import { writeList } from '../steps/write-list.ts';

export const checkCommand = new Command('check')
  .description('Validates extracts and builds nothing: what each file is, which rows would be quarantined, and why.')
  .argument('<files...>', 'files or folders')
  .option('--rejects <file.csv>', 'write every row that would be quarantined: file, line, column, reason, masked value')
  .addOption(uniqueLimitOption())
  .option('--json', 'print the results as JSON')
  .addHelpText('after', '\nExample:\n  npm run etl -- check extracts/workforce-2026-03-synthetic.csv')
  .action(async (files: string[], options: { json?: boolean; rejects?: string; uniqueLimit?: number }) => {
    const progress = new Progress({ quiet: options.json });
    const scratch = mkdtempSync(join(tmpdir(), 'etl-check-'));
    const reader = new Reader({ reads: files, writes: [scratch], memory: 1e9, temporary: scratch });
    try {
      const received = await receive(files, { parquetColumns: (path, bytes) => reader.columns(path, bytes) });
      const refusals: ExtractRefusal[] = [...received.refusals];
      const results: CheckResult[] = [];
      const rejects = ({ number }: ReceivedFile) => join(scratch, `${number}.parquet`);
      for (const file of received.files) {
        progress.begin(file.name.slice(0, 40), file.bytes, 'bytes');
        try {
          const onProgress = ({ bytes }: { bytes: number }) => progress.at(bytes);
          const result = await reader.check(file, { threads: 2, onProgress, rejects: rejects(file), alike: true });
          refuseUniques(result, options.uniqueLimit);
          results.push(result);
          progress.end();
        } catch (error) {
          if (!(error instanceof ExtractRefusal)) throw error;
          refusals.push(error);
          progress.end('refused');
        }
      }
      if (options.rejects) await writeRejects(received.files.map(rejects).filter(existsSync), options.rejects);
      if (options.json) {
        const json = {
          results: results.map(checkAsJson),
          refusals: refusals.map(refusalAsJson),
          notes: received.notes,
        };
        console.log(JSON.stringify(json, null, 2));
      } else print(results, refusals, received.notes);
      if (refusals.length > 0 || results.some(({ quarantined }) => quarantined > 0)) process.exitCode = 1;
    } finally {
      await reader.close();
      rmSync(scratch, { recursive: true, force: true });
    }
  });

function refuseUniques({ file, uniqueness = [] }: CheckResult, limit: number | undefined): void {
  const found = tooUnique(uniqueness, limit);
  if (found) throw new ExtractRefusal('too_unique', file, `${found.problem} ${found.columns}`, found.remedy);
}

function print(results: readonly CheckResult[], refusals: readonly ExtractRefusal[], notes: readonly string[]): void {
  for (const result of results) for (const line of describeCheck(result)) console.log(line);
  for (const refusal of refusals) for (const line of describeRefusal(refusal)) console.log(line);
  for (const note of notes) console.log(note);
}

async function writeRejects(from: readonly string[], path: string): Promise<void> {
  const connection = await (await openWorkshop(':memory:')).connect();
  const rows = `select file, line, column_name, reason, masked_value from read_parquet([${from.map(quoted).join(', ')}])`;
  const none = 'select null::varchar, null::bigint, null::varchar, null::varchar, null::varchar where false';
  await writeList(
    connection,
    `from (${from.length > 0 ? rows : none}) as rejected(file, line, "column", reason, masked_value)`,
    path,
  );
}
