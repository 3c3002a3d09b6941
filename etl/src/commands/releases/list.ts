import { currentVersion, listReleases, versionsOnDisk } from '../../releases/folder.ts';
import type { Manifest } from '../../releases/manifest.ts';
import { onReleases, servedVersion } from './option.ts';

export const listCommand = onReleases('list', 'Every release, oldest first; * marks the current one.')
  .option('--json', 'as JSON')
  .action(({ data, json }: { data: string; json?: boolean }) => {
    const current = currentVersion(data);
    const releases = listReleases(data);
    if (json)
      return console.log(
        JSON.stringify(
          releases.map((release) => brief(release, current)),
          null,
          2,
        ),
      );
    if (releases.length === 0) console.log('No release yet: `etl build` makes one.');
    for (const release of releases) console.log(line(release, release.version === current));
    const damaged = versionsOnDisk(data).filter((found) => !releases.some(({ version }) => version === found));
    for (const version of damaged)
      console.log(`  ${version.padEnd(8)} damaged     (\`etl releases verify ${version}\`)`);
  });

export const currentCommand = onReleases('current', 'The version that is being served.').action(
  ({ data }: { data: string }) => console.log(servedVersion(data)),
);

function brief(release: Manifest, current: string | null) {
  const { version, state, title, synthetic, createdAt, builtBy, approvedBy, publishedAt, embargoUntil } = release;
  const who = { createdAt, builtBy, approvedBy, publishedAt, embargoUntil };
  return { version, state, current: version === current, title, synthetic, ...who };
}

function line({ version, state, createdAt, title, synthetic, embargoUntil }: Manifest, current: boolean): string {
  const notes = [
    `${title}${synthetic ? ' (synthetic)' : ''}`,
    ...(embargoUntil && state !== 'published' ? [`embargo until ${embargoUntil}`] : []),
  ];
  return `${current ? '*' : ' '} ${version.padEnd(8)} ${state.padEnd(10)} ${createdAt.slice(0, 16)}  ${notes.join(', ')}`;
}
