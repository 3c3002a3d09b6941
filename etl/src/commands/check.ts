import { Command } from 'commander';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openWorkshop } from '@ahp/sql/open';
import { quoted } from '../extracts/sql-text.ts';
import { createExtractTables } from '../extracts/tables.ts';
import { Progress } from '../progress.ts';
import { ExtractRefusal } from '../reading/extract-refusal.ts';
import { check, type CheckResult } from '../steps/check.ts';
import { checkAsJson, describeCheck, describeRefusal, refusalAsJson } from '../steps/describe.ts';
import { receive } from '../steps/receive.ts';

export const checkCommand = new Command('check')
  .description('Validates extracts and builds nothing: what each file is, which rows would be quarantined, and why.')
  .argument('<files...>', 'files or folders')
  .option('--rejects <file.csv>', 'write every row that would be quarantined: file, line, column, reason, masked value')
  .option('--json', 'print the results as JSON')
  .addHelpText('after', '\nExample:\n  npm run etl -- check extracts/workforce-2026-03-synthetic.csv')
  .action(async (files: string[], options: { json?: boolean; rejects?: string }) => {
    const progress = new Progress({ quiet: options.json });
    const instance = await openWorkshop(':memory:', { memory: '2GB' });
    const connection = await instance.connect();
    const received = await receive(files);
    const refusals: ExtractRefusal[] = [...received.refusals];
    const results: CheckResult[] = [];
    for (const file of received.files) {
      progress.begin(file.name.slice(0, 40), file.bytes, 'bytes');
      try {
        results.push(await check(file, connection, { onProgress: ({ bytes }) => progress.at(bytes) }));
        progress.end();
      } catch (error) {
        if (!(error instanceof ExtractRefusal)) throw error;
        refusals.push(error);
        progress.end('refused');
      }
    }
    if (options.rejects) await writeRejects(connection, options.rejects);
    if (options.json) {
      const json = { results: results.map(checkAsJson), refusals: refusals.map(refusalAsJson), notes: received.notes };
      console.log(JSON.stringify(json, null, 2));
    } else print(results, refusals, received.notes);
    if (refusals.length > 0 || results.some(({ quarantined }) => quarantined > 0)) process.exitCode = 1;
  });

function print(results: readonly CheckResult[], refusals: readonly ExtractRefusal[], notes: readonly string[]): void {
  for (const result of results) for (const line of describeCheck(result)) console.log(line);
  for (const refusal of refusals) for (const line of describeRefusal(refusal)) console.log(line);
  for (const note of notes) console.log(note);
}

async function writeRejects(connection: DuckDBConnection, path: string): Promise<void> {
  await createExtractTables(connection, []);
  await connection.run(
    `copy (select file, line, column_name as "column", reason, masked_value from quarantine order by source_file, line, column_name)
     to ${quoted(path)} (format csv, header)`,
  );
}
