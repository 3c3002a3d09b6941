import { readFileSync, statSync } from 'node:fs';

/** A file about access that cannot be used; the message names it, what is wrong and what to do. */
export class UnusableFile extends Error {}

/** The text of a file that only its owner, or a group that the owner has chosen, may read and only the owner may write. Throws UnusableFile. */
export function readPrivate(path: string): string {
  let mode, text;
  try {
    mode = statSync(path).mode;
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new UnusableFile(`${path} ${code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`}`);
  }
  if (process.platform !== 'win32' && mode & 0o026)
    throw new UnusableFile(
      `${path} may be read or changed by others than its owner (mode ${(mode & 0o777).toString(8)}): run \`chmod 600 ${path}\``,
    );
  return text;
}
