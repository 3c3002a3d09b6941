import { ExtractRefusal } from '../reading/extract-refusal.ts';
import { storageRefusal } from '../releases/storage-refusal.ts';
import type { Excess, Limits } from './watch.ts';

const again =
  'Have it exported anew, as plain CSV; if that is refused like this too, tell the maintainers. Do not send them the file.';

/** The process that read a file ended: by itself, or by a signal from elsewhere. `complaint` is what it last said, never shown. */
export function died(file: string, code: number | null, signal: string | null, complaint: string): ExtractRefusal {
  if (/heap out of memory|allocation failed/i.test(complaint)) return tooMuch(file, 'more memory than a reader has');
  const how = signal === null ? `ended with code ${code}` : `was stopped by signal ${signal}`;
  return new ExtractRefusal('crashed', file, `The process that read it ${how}.`, again);
}

/** A file took more than its limits. */
export function exceeded(file: string, excess: Excess, { memory, seconds }: Limits): ExtractRefusal {
  if (excess === 'memory')
    return tooMuch(file, `more than ${Math.round(memory / 1e6).toLocaleString('en-GB')} MB of memory`);
  return new ExtractRefusal(
    'too_slow',
    file,
    `Reading it took longer than ${seconds.toLocaleString('en-GB')} seconds and was stopped.`,
    'Send it in parts, or as plain CSV. If other files are slow too, this machine has too much else to do.',
  );
}

/** The reader could not go on: because of the disk, which is no fault of the file, or because of the file. Its words may hold values of it. */
export function failed(file: string, message: string): Error {
  if (message.includes('max_temp_directory_size'))
    return tooMuch(file, 'more room on disk than a file of its size may');
  if (storageRefusal(new Error(message), file)) return new Error(message);
  if (/out of memory/i.test(message)) return tooMuch(file, 'more memory than its engine has');
  const kind = /^[A-Z][A-Za-z -]* (Error|exception)(?=:)/.exec(message)?.[0] ?? 'an error of its own';
  return new ExtractRefusal('crashed', file, `The reader failed on it (${kind}).`, again);
}

function tooMuch(file: string, what: string): ExtractRefusal {
  return new ExtractRefusal(
    'memory',
    file,
    `Reading it took ${what} and was stopped.`,
    'Send it in parts, or as plain CSV; or give the build more memory (--memory).',
  );
}
