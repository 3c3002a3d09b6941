import { Refusal } from '../refusal.ts';

const full = /no space left on device|ENOSPC|EDQUOT|disk quota|not enough space|max_temp_directory_size/i;
const readOnly = /read-only file system|EROFS/i;
const forbidden = /EACCES|EPERM|permission denied|operation not permitted/i;

/** What a failure of the disk means to an operator, or null when the error is of another kind. */
export function storageRefusal(error: unknown, data: string): Refusal | null {
  if (error instanceof Refusal) return null;
  const { message } = error as Error;
  if (full.test(message))
    return new Refusal(
      'disk_full',
      `the disk of ${data} is full: free some space (\`etl releases prune\`) and run this again. Nothing was published; the release before goes on being served.`,
    );
  if (readOnly.test(message))
    return new Refusal('not_writable', `${data} is on a read-only disk: mount it for writing.`);
  if (forbidden.test(message))
    return new Refusal(
      'not_writable',
      `${data}, or a file in it, cannot be written by this user: run this as the owner of the folder, or give yourself the right to write there.`,
    );
  return null;
}
