import type { KeyObject } from 'node:crypto';
import { dirname, join } from 'node:path';
import { signed } from '@ahp/sql/signed-manifest';
import { writeAtomically } from './durable.ts';
import type { Manifest } from './manifest.ts';
import { withdrawnFrom } from './withdrawn.ts';

/** Writes the manifest of a release into its folder, signed anew, with the number of releases withdrawn by then: whoever cuts that list is found out. */
export function writeManifest(folder: string, manifest: Manifest, key: KeyObject): void {
  const withdrawals = withdrawnFrom(dirname(folder)).length;
  writeAtomically(
    join(folder, 'manifest.json'),
    `${JSON.stringify(signed({ ...manifest, withdrawals }, key), null, 2)}\n`,
  );
}
