import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isSigned, publicKeysOf } from '@ahp/sql/signed-manifest';

/**
 * What is wrong with the signature of a manifest, in words for the operator, or null when one of the keys in `releases/public-key.pem`
 * made it. A folder without that file holds releases that nobody signed: their files are checked against the manifest, and it by nothing.
 */
export async function signatureFault(data: string, manifest: object): Promise<string | null> {
  const pem = await readFile(join(data, 'releases', 'public-key.pem'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
  if (pem === null) return null;
  try {
    return isSigned(manifest, publicKeysOf(pem))
      ? null
      : 'its manifest is not signed by a key of releases/public-key.pem';
  } catch {
    return 'releases/public-key.pem holds no key';
  }
}
