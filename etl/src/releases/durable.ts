import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a file so that after a crash or a loss of power it holds either what it held before or all of `text`. */
export function writeAtomically(path: string, text: string, mode = 0o644): void {
  const temporary = `${path}.${process.pid}.tmp`;
  const handle = openSync(temporary, 'w', mode);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, path);
  syncFolder(dirname(path));
}

/** Appends one line, on disk when this returns. A last line that a crash had cut is ended first and stays as it is. */
export function appendLine(path: string, line: string): void {
  const handle = openSync(path, 'a+', 0o644);
  try {
    const before = readFileSync(handle, 'utf8');
    writeSync(handle, `${before === '' || before.endsWith('\n') ? '' : '\n'}${line}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Makes the names in a folder (files created, renamed, removed) survive a loss of power. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
