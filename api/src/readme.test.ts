import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildData, type Built } from '../test/fixture.ts';
import { startServing, type Serving } from '../test/serve.ts';
import { Tokens } from './identity/auth.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block]) => block!.trim());
const lines = blocks('sh').flatMap((block) => block.split('\n'));

let built: Built;
let serving: Serving;
beforeAll(async () => {
  built = await buildData();
  serving = await startServing(built.data);
});
afterAll(async () => {
  await serving.close();
  built.remove();
});

test.each(lines.filter((line) => line.startsWith('curl ')))('%s', async (line) => {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
  const after = (flag: string) => (words.includes(flag) ? words[words.indexOf(flag) + 1] : undefined);
  const url = words.find((word) => word.startsWith('http'))!.replace('http://127.0.0.1:4000', serving.url);
  const body = after('-d');
  const response = await fetch(
    url,
    body ? { method: 'POST', headers: { 'content-type': after('-H')!.split(': ')[1]! }, body } : {},
  );
  const text = await response.text();
  expect(response.status, text).toBe(200);
  expect(text.length).toBeGreaterThan(60);
  expect(text).not.toContain('QueryRefused"');
});

test('the tokens of the example are accepted, and the command makes one', () => {
  const path = join(built.data, 'example-tokens.json');
  writeFileSync(path, blocks('json')[0]!);
  const tokens = Tokens.read(path);
  expect(tokens.askerOf('Bearer test', Date.parse('2027-01-01')).audience).toBe('trusted');
  const script = /^node -e "(.*)"$/.exec(lines.find((line) => line.startsWith('node '))!)![1]!;
  const made = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' });
  expect(made).toMatch(/token\s+[\w-]{43}\s+sha256\s+[0-9a-f]{64}/);
});
