import { listReleases } from '../../releases/folder.ts';
import { rollBack } from '../../releases/life.ts';
import { compareVersions } from '../../releases/version.ts';
import { who } from '../../releases/who.ts';
import { Refusal } from '../../refusal.ts';
import { onReleases, servedVersion, writing } from './option.ts';

export const rollbackCommand = onReleases(
  'rollback',
  'Makes the published release before the current one current again, or any other with --to.',
)
  .option('--to <version>', 'the release to make current, earlier or later')
  .option('--withdraw', 'stop serving the one left behind, also to those who ask for it by version')
  .option('--by <name>', 'who rolls back (the account that runs this when absent)')
  .action(async (options: { data: string; to?: string; withdraw?: boolean; by?: string }) => {
    const from = servedVersion(options.data);
    const to = options.to ?? before(options.data, from);
    await writing(options.data, rollBack(options.data, to, { by: who(options.by), withdraw: options.withdraw }));
    console.log(`Release ${to} is current${options.withdraw ? `; ${from} is withdrawn` : ` instead of ${from}`}.`);
  });

function before(data: string, current: string): string {
  const earlier = listReleases(data).filter(
    ({ version, state }) => state === 'published' && compareVersions(version, current) < 0,
  );
  if (earlier.length > 0) return earlier.at(-1)!.version;
  throw new Refusal('nothing_before', `no release was published before ${current}: \`--to\` names another.`);
}
