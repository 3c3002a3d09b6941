import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../refusal.ts';
import { listReleases } from '../releases/folder.ts';
import { createSecretFile, readSecret } from './secret-file.ts';
import type { Secret } from './secret.ts';

/**
 * The secret of a data folder, from the settings or its file; made there when the extracts are synthetic and there is none.
 * Throws Refusal `secret_missing`, with what to do.
 */
export function secretOf(data: string, synthetic: boolean): Secret {
  return foundSecret(data, synthetic) ?? createSecretFile(join(data, 'secret'));
}

/** The same, and null where a build would make one. */
export function foundSecret(data: string, synthetic: boolean): Secret | null {
  const file = process.env.AHP_SECRET_FILE ?? join(data, 'secret');
  if (!process.env.AHP_SECRET && !process.env.AHP_SECRET_FILE && !existsSync(file)) {
    const last = listReleases(data).findLast(({ secretFingerprint }) => secretFingerprint);
    if (last)
      throw new Refusal(
        'secret_missing',
        `release ${last.version} was made with a secret (fingerprint ${last.secretFingerprint}) that is gone from ${file}: put it back from your backup, or set AHP_SECRET. If it is lost for ever, read etl/docs/secret.md.`,
      );
    if (synthetic) return null;
    throw new Refusal(
      'secret_missing',
      `these extracts are not synthetic, and no secret is set. Make one with \`openssl rand -hex 32 > ${file} && chmod 600 ${file}\`, keep a copy in a safe place, and run this again.`,
    );
  }
  return readSecret({ text: process.env.AHP_SECRET, file });
}
