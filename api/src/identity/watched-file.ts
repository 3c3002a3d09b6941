import { statSync } from 'node:fs';

/** Calls `changed` after the file was made, changed or taken away; looks every `poll` milliseconds, until it is told to stop. */
export function watchFile(path: string, poll: number, changed: () => void): () => void {
  let before = stampOf(path);
  const timer = setInterval(() => {
    const now = stampOf(path);
    if (now === before) return;
    before = now;
    changed();
  }, poll).unref();
  return () => clearInterval(timer);
}

function stampOf(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat ? `${stat.ino}|${stat.size}|${stat.mtimeNs}|${stat.ctimeNs}` : '';
}
