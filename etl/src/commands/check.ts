import { Command } from 'commander';
import { openWorkshop } from '@ahp/sql/open';
import { Progress } from '../progress.ts';
import { ExtractRefusal } from '../reading/extract-refusal.ts';
import { check, type CheckResult } from '../steps/check.ts';
import { receive } from '../steps/receive.ts';

export const checkCommand = new Command('check')
  .description('Validates extracts and builds nothing: what each file is, which rows would be quarantined, and why.')
  .argument('<files...>', 'files or folders')
  .option('--json', 'print the results as JSON')
  .addHelpText('after', '\nExample:\n  npm run etl -- check extracts/workforce-2026-03-synthetic.csv')
  .action(async (files: string[], options: { json?: boolean }) => {
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
    if (options.json)
      console.log(
        JSON.stringify(
          {
            results,
            refusals: refusals.map(({ code, file, problem, remedy, line, column }) => ({
              code,
              file,
              problem,
              remedy,
              line,
              column,
            })),
            notes: received.notes,
          },
          null,
          2,
        ),
      );
    else print(results, refusals, received.notes);
    if (refusals.length > 0 || results.some(({ quarantined }) => quarantined > 0)) process.exitCode = 1;
  });

function print(results: readonly CheckResult[], refusals: readonly ExtractRefusal[], notes: readonly string[]): void {
  for (const { file, extract, layout, read, loaded, quarantined, warnings } of results) {
    console.log(
      `${file}: ${extract}, layout “${layout}”: ${read} rows = ${loaded} good + ${quarantined} to quarantine`,
    );
    for (const warning of warnings) console.log(`  note: ${warning}`);
  }
  for (const { message, remedy } of refusals) console.log(`${message} Refused. ${remedy}`);
  for (const note of notes) console.log(note);
}
