import { join } from 'node:path';
import { Command } from 'commander';
import type { Output } from '../identity/keys-command.ts';
import { auditFolder } from './audit-log.ts';
import { verify } from './verify.ts';

const terminal: Output = {
  say: (text) => void process.stdout.write(`${text}\n`),
  refuse: (reason) => {
    process.stderr.write(`api audit-log: ${reason}\n`);
    process.exitCode = 1;
  },
};

/** The command `audit-log verify`: whether the record of private reads is whole. Exit code 0 it is, 1 it is not, 2 wrong usage. */
export function auditLogCommand({ say, refuse }: Output = terminal): Command {
  const command = new Command('audit-log').description('Checks the record of private reads.');
  command
    .command('verify')
    .description('Says whether a line was changed, added, taken out, moved or cut off.')
    .option('--data <dir>', 'data folder (AHP_DATA)', process.env.AHP_DATA ?? 'data')
    .option('--audit-log <dir>', `folder of the record (AHP_AUDIT_LOG; default: ${auditFolder} in the data folder)`)
    .option('--head <hash>', 'a head that was noted before: it must be in the record')
    .exitOverride()
    .action(({ data, auditLog, head }: { data: string; auditLog?: string; head?: string }) => {
      const folder = auditLog ?? process.env.AHP_AUDIT_LOG ?? join(data, auditFolder);
      const { files, reads, head: last, broken } = verify(folder, head);
      if (broken.length > 0) return refuse(`${folder} is not whole:\n${broken.map((one) => `- ${one}`).join('\n')}`);
      say(
        last === null
          ? `There are no private reads in ${folder}.`
          : `${reads} private reads in ${files} ${files === 1 ? 'file' : 'files'}, whole. Head: ${last}`,
      );
    });
  return command;
}
