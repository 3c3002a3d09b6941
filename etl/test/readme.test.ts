import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { etlCommand, testSecret } from './etl.ts';

/** The guide, then what it links to, in an order in which the commands of one find what those before it left. */
const pages = ['README.md', 'docs/files.md', 'docs/quality.md', 'docs/releases.md', 'docs/secret.md'];
const read = (page: string) => readFileSync(new URL(`../${page}`, import.meta.url), 'utf8');
const contracts = readdirSync(fileURLToPath(new URL('../contracts', import.meta.url)));
const blocksOf = (page: string) =>
  [...read(page).matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, commands]) => commands!.trim());
const blocks = pages.flatMap(blocksOf);
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

test('no page has commands that are not run, and every link leads somewhere', () => {
  const docs = readdirSync(fileURLToPath(new URL('../docs', import.meta.url))).map((name) => `docs/${name}`);
  expect(docs.filter((page) => !pages.includes(page) && blocksOf(page).length > 0)).toEqual([]);
  const slug = (heading: string) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-');
  for (const page of ['README.md', ...docs, 'src/plausibility/README.md'])
    for (const [, target] of read(page).matchAll(/\]\(([^)\s]+)\)/g)) {
      if (target!.startsWith('http')) continue;
      const [path, anchor] = target!.split('#') as [string, string?];
      const file =
        path === '' ? new URL(`../${page}`, import.meta.url) : new URL(path, new URL(`../${page}`, import.meta.url));
      expect(existsSync(file), `${page}: ${target}`).toBe(true);
      if (anchor === undefined) continue;
      const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.*)$/gm)].map(([, heading]) => slug(heading!));
      expect(headings, `${page}: ${target}`).toContain(anchor);
    }
});

test('the folders that the guide speaks of are there', () => {
  expect(contracts.length).toBeGreaterThan(0);
  const after = readdirSync(join(folder, 'data')).sort();
  expect(after).toEqual(['drawn', 'private', 'received', 'releases', 'reports', 'secret', 'signing-key.pem']);
});
