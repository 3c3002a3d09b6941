import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { signed } from '@ahp/sql/signed-manifest';
import { writeAtomically } from './durable.ts';
import type { Manifest } from './manifest.ts';

/** Writes the manifest of a release into its folder, signed anew. */
export function writeManifest(folder: string, manifest: Manifest, key: KeyObject): void {
  writeAtomically(join(folder, 'manifest.json'), `${JSON.stringify(signed(manifest, key), null, 2)}\n`);
}
