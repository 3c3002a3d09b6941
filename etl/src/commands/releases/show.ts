import { readManifest } from '../../releases/folder.ts';
import type { Manifest } from '../../releases/manifest.ts';
import { readPrivatePart, type PrivatePart } from '../../releases/private-part.ts';
import { onReleases, servedVersion } from './option.ts';

export const showCommand = onReleases(
  'show',
  'A release (the current one when no version is given): who made it of what, its checks, what changed.',
)
  .argument('[version]')
  .option('--json', 'the manifest as JSON')
  .action((version: string | undefined, { data, json }: { data: string; json?: boolean }) => {
    const manifest = readManifest(data, version ?? servedVersion(data));
    const part = readPrivatePart(data, manifest.version);
    console.log(json ? JSON.stringify({ ...manifest, private: part }, null, 2) : told(manifest, part));
  });

function told(manifest: Manifest, { rows, inputs, checks, own }: PrivatePart): string {
  const { title, version, state, createdAt, builtBy, codeVersion, files, changes } = manifest;
  const { approvedAt, approvedBy, publishedAt, publishedBy, embargoUntil, comparedWith } = manifest;
  return [
    `${title}, release ${version} (${state})`,
    `built      ${createdAt} by ${builtBy}, code ${codeVersion}`,
    ...(approvedBy ? [`approved   ${approvedAt} by ${approvedBy}`] : []),
    ...(embargoUntil ? [`embargo    until ${embargoUntil}`] : []),
    ...(publishedBy ? [`published  ${publishedAt} by ${publishedBy}`] : []),
    `rows       ${rows.read} read = ${rows.loaded} loaded + ${rows.quarantined} quarantined, from ${inputs.length} files`,
    ...Object.entries(files).map(
      ([name, file]) => `${name.padEnd(16)} ${file.rows} cells, ${file.bytes} bytes, cells ${file.cells}`,
    ),
    `${'own figures'.padEnd(16)} ${own.cells} cells, cells ${own.digest}`,
    ...checks.map(({ title, passed, figure }) => `${passed ? '✓' : '✗'} ${title}: ${figure}`),
    comparedWith ? `against release ${comparedWith}:` : 'the first release',
    ...(comparedWith && changes.length === 0 ? ['  no period, category or value that the public sees'] : []),
    ...changes.map(({ kind, subject, detail }) => `  ${kind} ${subject}: ${detail}`),
  ].join('\n');
}
