import { Command } from 'commander';
import { auditCommand } from './commands/audit.ts';
import { buildCommand } from './commands/build.ts';
import { checkCommand } from './commands/check.ts';
import { releasesCommand } from './commands/releases.ts';
import { sampleCommand } from './commands/sample.ts';
import { report } from './commands/report.ts';
import { clockNote } from './releases/clock.ts';

const program = new Command('etl')
  .description('Loads extracts of the AHP support workforce and publishes releases of protected cells.')
  .showHelpAfterError('(add --help for the options)')
  .exitOverride()
  .addCommand(sampleCommand)
  .addCommand(checkCommand)
  .addCommand(buildCommand)
  .addCommand(auditCommand)
  .addCommand(releasesCommand)
  .addHelpText('after', '\nExit codes: 0 fine, 1 refused or failed, 2 wrong usage.');

throwInstead(program);
program.hook('preAction', (_, command) => {
  const { data } = command.opts<{ data?: string }>();
  const note = data === undefined ? undefined : clockNote(data);
  if (note !== undefined) console.error(note);
});

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Makes every command throw what it would exit with, so that wrong usage ends with 2 wherever it is found. */
function throwInstead(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) throwInstead(child);
}
