import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Fingerprint of the code that answers: part of every ETag, so that an answer of older code is never taken for one of today’s. */
export const codeVersion = fingerprint();

function fingerprint(): string {
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const files = globSync(['api/src/**/*.ts', 'sql/{src,measures,macros,lattice}/**/*.{ts,sql}'], { cwd: root });
  const hash = createHash('sha256');
  for (const file of files.filter((name) => !name.endsWith('.test.ts')).sort())
    hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest('base64url').slice(0, 16);
}
