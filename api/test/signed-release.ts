import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signed } from '@ahp/sql/signed-manifest';
import { withdrawalLine } from '@ahp/sql/withdrawals';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');

/** Writes the manifest of a release into its folder, signed by the key of the tests, whose public half goes beside the releases. */
export function writeSigned(data: string, version: string, manifest: object): void {
  const folder = join(data, 'releases', version);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(signManifest({ version, ...manifest })));
  writeFileSync(join(data, 'releases', 'public-key.pem'), publicKey.export({ type: 'spki', format: 'pem' }));
}

/** A manifest with the signature of the tests. */
export const signManifest = (manifest: object): object => signed(manifest, privateKey);

/** The list of withdrawals of these versions, signed as the manifests are. */
export const withdrawalsOf = (...versions: string[]): string =>
  versions
    .map((version, index) =>
      withdrawalLine({ number: index + 1, version, at: '2026-04-01T09:30:00Z', by: 'Ann' }, privateKey),
    )
    .map((line) => `${line}\n`)
    .join('');
