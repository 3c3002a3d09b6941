import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildData, type Built } from '../api/test/fixture.ts';
import { startServing, type Serving } from '../api/test/serve.ts';

let built: Built;
let api: Serving;
let folder: string;
beforeAll(async () => {
  built = await buildData();
  api = await startServing(built.data);
  folder = mkdtempSync(join(tmpdir(), 'ahp-clients-'));
});
afterAll(async () => {
  await api.close();
  built.remove();
  rmSync(folder, { recursive: true });
});

const docs = new URL('../docs/clients/', import.meta.url);
const page = (name: string) => readFileSync(new URL(name, docs), 'utf8');
const blocks = (name: string, language: string) =>
  [...page(name).matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block]) =>
    block!.replaceAll('http://127.0.0.1:4000', api.url),
  );
const has = (command: string) => {
  try {
    execFileSync(command, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
const run = async (command: string, args: string[]) =>
  (await promisify(execFile)(command, args, { cwd: folder, encoding: 'utf8' })).stdout;
/** Runs snippets one after the other, as somebody who follows the page does. */
async function runAll(command: string, flags: string[], snippets: readonly string[]): Promise<string[]> {
  const printed: string[] = [];
  for (const snippet of snippets) printed.push(await run(command, [...flags, snippet]));
  return printed;
}

if (has('curl'))
  test('the lines of curl give answers and files, and 304 for what has not changed', async () => {
    const [question, file, posted, unchanged] = await runAll('sh', ['-ec'], blocks('curl.md', 'sh'));
    expect(JSON.parse(question!).data.turnover.rows).toHaveLength(4);
    expect(readFileSync(join(folder, 'turnover.csv'), 'utf8')).toMatch(/^\ufeffarea_level,.*leaver_rate/s);
    expect([file, posted]).toEqual(['', '200\n']);
    expect(readFileSync(join(folder, 'staff.csv'), 'utf8')).toContain('band_3');
    expect(unchanged).toBe('304\n');
  });

if (has('python3'))
  test('the snippets of Python print figures', async () => {
    const printed = await runAll('python3', ['-c'], blocks('python.md', 'python'));
    expect(printed[0]).toMatch(/^England \d+\.\d%\n[\s\S]*AHP support workforce, release 1\.0\.0/);
    expect(printed[1]).toMatch(/^\d+ figures, \d+ of them not shown\n[\d.]+ people in England/);
  });

test('the snippet of TypeScript prints figures', async () => {
  const path = join(folder, 'client.mts');
  writeFileSync(path, blocks('typescript.md', 'ts')[0]!);
  expect(await run(process.execPath, [path])).toMatch(/^England: \d+\.\d%\nNorthern Ireland: /);
});

test('what R and Power Query ask is answered, though they are not run', async () => {
  const questions = [
    /question <- "(.*)"/.exec(page('r.md'))![1]!,
    /Question = "(.*)"/.exec(page('power-query.md'))![1]!,
  ];
  for (const query of questions) {
    const response = await fetch(`${api.url}/export.csv?${new URLSearchParams({ query })}`);
    const [header] = (await response.text()).split('\r\n');
    expect([response.status, header]).toEqual([200, expect.stringContaining('value,lower,upper')]);
  }
  const body = /query = "(query[^"]*)"/.exec(page('r.md'))![1]!;
  const posted = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: body, variables: { by: ['NATION'] } }),
  });
  expect(await posted.text()).toContain('"display"');
});

test('the table of clients names every page', () => {
  const pages = readdirSync(docs).filter((name) => name.endsWith('.md') && name !== 'README.md');
  for (const name of pages) expect(page('README.md')).toContain(`](${name})`);
});
