import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { Refusal } from '../refusal.ts';
import { leastBytes, parseSecret, Secret } from './secret.ts';

/**
 * The secret from its text (the setting AHP_SECRET) or, without that, from a file (AHP_SECRET_FILE) that its owner alone can read.
 * Throws `secret_missing`, `secret_weak` or `secret_exposed`; no message holds any part of the secret.
 */
export function readSecret({ text, file }: { text?: string | undefined; file?: string | undefined }): Secret {
  if (text) return parseSecret(text, 'AHP_SECRET');
  if (file) return parseSecret(readPrivateFile(file), file);
  throw new Refusal(
    'secret_missing',
    'no secret is set; put 32 random bytes (hex or base64) in AHP_SECRET or name a file',
  );
}

/** Writes a new random secret to a file that its owner alone can read. Throws `secret_exists` rather than replace one. */
export function createSecretFile(path: string): Secret {
  const bytes = randomBytes(leastBytes);
  try {
    writeFileSync(path, `${bytes.toString('hex')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new Refusal('secret_exists', `${path} holds a secret already; replacing it would draw all past noise anew`);
  }
  return new Secret(bytes);
}

function readPrivateFile(path: string): string {
  const descriptor = open(path);
  try {
    const { mode, uid } = fstatSync(descriptor);
    if (mode & 0o077 || (process.getuid && uid !== process.getuid())) {
      throw new Refusal('secret_exposed', `${path} can be read by others; make it yours and run chmod 600 on it`);
    }
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'r');
  } catch {
    throw new Refusal('secret_missing', `the secret file ${path} cannot be opened`);
  }
}
