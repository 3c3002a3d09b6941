import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildData, type Built } from '../test/fixture.ts';
import { startServing, type Serving } from '../test/serve.ts';
import { readAccess } from './identity/access-file.ts';
import { askerOfClaims } from './identity/access-rules.ts';
import { ownOf } from './identity/asker.ts';
import { KeyRing } from './identity/key-ring.ts';
import { keysFileName } from './identity/keys-file.ts';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, block]) => block!.trim());
const main = fileURLToPath(new URL('./main.ts', import.meta.url));
const wordsOf = (line: string) => [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
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
  const words = wordsOf(line);
  const after = (flag: string) => (words.includes(flag) ? words[words.indexOf(flag) + 1] : undefined);
  const encoded = /^(\w+)=([^]*)$/.exec(after('--data-urlencode') ?? '');
  const parameters = encoded ? `?${new URLSearchParams({ [encoded[1]!]: encoded[2]! })}` : '';
  const address = words.find((word) => word.startsWith('http'))!;
  const url = address.replace('http://127.0.0.1:4000', serving.url) + parameters;
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

test('the table of access of the example is one', () => {
  const path = join(built.data, 'example-access.json');
  writeFileSync(path, blocks('json')[0]!, { mode: 0o600 });
  const access = readAccess(path);
  expect(askerOfClaims(access, 'https://login.example.nhs.uk', { groups: ['alder-workforce'] })).toEqual(
    ownOf(['RAA']),
  );
  expect(askerOfClaims(access, 'https://accounts.example.scot', { boards: 'SCOT-1' })).toEqual(ownOf(['SCOT-1']));
});

test('the commands for keys make one that is accepted, list it and end it', async () => {
  const at = (words: string[]) => [main, ...words, '--data', built.data];
  const add = lines.find((line) => line.startsWith('npm run api -- keys add'))!;
  const made = execFileSync(process.execPath, at(wordsOf(add).slice(4)), { encoding: 'utf8' });
  const [key, id] = /ahp_([0-9a-f]{8})_[\w-]{43}/.exec(made)!;
  const ring = new KeyRing(join(built.data, keysFileName));
  expect(ring.askerOf(key)).toEqual({ audience: 'own', organisations: ['RAA'] });
  ring.close();
  const list = lines.find((line) => line.startsWith('npm run api -- keys list'))!;
  expect(execFileSync(process.execPath, at(wordsOf(list).slice(4)), { encoding: 'utf8' })).toContain(`${id}  active`);
  const revoke = lines.find((line) => line.startsWith('npm run api -- keys revoke'))!;
  execFileSync(process.execPath, at([...wordsOf(revoke).slice(4, -1), id!]));
  const after = new KeyRing(join(built.data, keysFileName));
  expect(() => after.askerOf(key)).toThrow('has been revoked');
  after.close();
});
