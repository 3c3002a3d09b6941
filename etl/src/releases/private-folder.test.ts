import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { inPrivateFolder } from './private-folder.ts';

const data = mkdtempSync(join(tmpdir(), 'private-'));
afterAll(() => rmSync(data, { recursive: true, force: true }));
const inside = () => readdirSync(data);

test('rows of people lie in the data folder, for its owner alone, and are gone at the end, whatever the end', async () => {
  const folder = await inPrivateFolder(data, (folder) => {
    expect(folder.startsWith(join(data, 'temporary'))).toBe(true);
    for (const path of [folder, join(data, 'temporary')]) expect(statSync(path).mode & 0o777).toBe(0o700);
    return Promise.resolve(folder);
  });
  expect(existsSync(folder)).toBe(false);
  await expect(inPrivateFolder(data, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(inside()).toEqual([]);
});

test('what a killed process left is removed at the next start; what a living one holds is not', async () => {
  const module = JSON.stringify(new URL('private-folder.ts', import.meta.url).href);
  const holds = `const { inPrivateFolder } = await import(${module});
    await inPrivateFolder(${JSON.stringify(data)}, (folder) => (console.log(folder), new Promise((later) => setTimeout(later, 1e6))));`;
  const started = spawn(process.execPath, ['--input-type=module', '-e', holds], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const folder = await new Promise<string>((resolve) =>
    started.stdout.once('data', (text) => resolve(String(text).trim())),
  );
  writeFileSync(join(folder, 'rows'), 'P1');
  await inPrivateFolder(data, () => Promise.resolve());
  expect(existsSync(folder)).toBe(true);
  const ended = new Promise((resolve) => started.once('close', resolve));
  started.kill('SIGKILL');
  await ended;
  expect(existsSync(join(folder, 'rows'))).toBe(true);
  await inPrivateFolder(data, () => Promise.resolve());
  expect(inside()).toEqual([]);
});
