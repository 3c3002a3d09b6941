import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { etlCommand, testSecret } from './etl.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const contracts = readdirSync(fileURLToPath(new URL('../contracts', import.meta.url)));
const blocks = [...readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, commands]) => commands!.trim());
const folder = mkdtempSync(join(tmpdir(), 'readme-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `npm run etl --` in a folder without the project means the same command. */
const script = (commands: string) => commands.replaceAll(/npm run (--silent )?etl --/g, etlCommand);

test('every command of the guide works as it is written, one after another', { timeout: 900_000 }, () => {
  expect(blocks.length).toBeGreaterThan(8);
  for (const commands of blocks) {
    const { status, stdout, stderr } = spawnSync('bash', ['-euo', 'pipefail', '-c', script(commands)], {
      cwd: folder,
      env: { ...process.env, ...testSecret },
      encoding: 'utf8',
    });
    expect(status, `${commands}\n${stdout}\n${stderr}`).toBe(0);
  }
});

test('the folders that the guide speaks of are there', () => {
  expect(contracts.length).toBeGreaterThan(0);
  const after = readdirSync(join(folder, 'data')).sort();
  expect(after).toEqual(['drawn', 'private', 'received', 'releases', 'reports', 'secret', 'signing-key.pem']);
});
