import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './install.mjs';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const guide = read('docs/operations.md');
const deployed = globSync('deploy/*', { cwd: root }).map(read);
const all = [guide, ...deployed].join('\n');
const unique = (pattern: RegExp) => [...new Set([...all.matchAll(pattern)].map(([, name]) => name!))];

test('every setting that the guide and the units name is one of the README’s', () => {
  const settings = unique(/\b(AHP_[A-Z_]+)\b/g);
  expect(settings.length).toBeGreaterThan(10);
  const known = read('README.md');
  expect(settings.filter((name) => !known.includes(`\`${name}\``))).toEqual([]);
});

test('every file that they name is there', () => {
  const linked = [...guide.matchAll(/\]\((\.\.\/[^)#]+)/g)].map(([, path]) => path!.slice(3));
  const started = unique(/ExecStart=\S+ (?:--\S+ )*(\S+\.ts)/g);
  const tests = [...guide.matchAll(/`((?:api|etl|dashboard)\/[\w./-]+)`/g)].map(([, path]) => path!);
  expect([linked, started, tests].map(({ length }) => length > 1)).toEqual([true, true, true]);
  expect([...linked, ...started, ...tests].filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test('every command is one of the project’s', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const commands = unique(/npm run (\w+)/g);
  expect(commands.filter((name) => !(name in scripts))).toEqual([]);
});

test('every metric that an alert looks at is counted', () => {
  const counted = read('api/src/http/metrics.ts');
  const metrics = unique(/\b(ahp_api_[a-z_]+?)(?:_bucket)?\b(?=[[({ `,])/g);
  expect(metrics.length).toBeGreaterThan(3);
  expect(metrics.filter((name) => !counted.includes(`'${name}'`))).toEqual([]);
});
