import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AuditLog } from './audit-log.ts';
import { auditLogCommand } from './command.ts';
import type { PrivateRead } from './entry.ts';
import { verify } from './verify.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ahp-audit-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const readAt = (second: number): PrivateRead => ({
  at: new Date(Date.UTC(2026, 10, 30, 9, 30, second)).toISOString(),
  who: 'key 00000002',
  audience: 'own',
  organisations: ['RAA'],
  release: '1.0.0',
  door: 'graphql',
  operation: 'staff',
  question: 'abc',
  cells: 7,
  status: 200,
  decision: 'answered',
});

/** Two runs of an api, of five and three reads. */
function written(): string[] {
  for (const [first, reads] of [
    [0, 5],
    [30, 3],
  ] as const) {
    const log = new AuditLog(folder);
    for (let i = 0; i < reads; i += 1) log.write(readAt(first + i));
    log.close();
  }
  return readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort();
}

const change = (file: string, by: (lines: string[]) => string[]) => {
  const path = join(folder, file);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  writeFileSync(
    path,
    by(lines)
      .map((line) => `${line}\n`)
      .join(''),
  );
};

test('a record is whole over several runs, for its owner alone', () => {
  const files = written();
  const { head, ...found } = verify(folder);
  expect(found).toEqual({ files: 2, reads: 8, broken: [] });
  expect(verify(folder, head!).broken).toEqual([]);
  for (const file of files) expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
});

test.each<[string, (lines: string[]) => string[]]>([
  ['a line is changed', (lines) => lines.map((line, i) => (i === 2 ? line.replace('RAA', 'RBB') : line))],
  ['a line is taken out', (lines) => lines.filter((_, i) => i !== 2)],
  ['two lines are swapped', ([a, b, c, d, ...rest]) => [a!, b!, d!, c!, ...rest]],
  ['a line is repeated', ([a, b, ...rest]) => [a!, b!, b!, ...rest]],
  ['the end is cut off', (lines) => lines.slice(0, -2)],
  ['a line is half written', (lines) => [...lines.slice(0, -1), lines.at(-1)!.slice(0, 40)]],
  ['everything is taken out', () => []],
  ['a line is no JSON', (lines) => [...lines, 'x']],
])('it is found out when %s, in any file', (_, by) => {
  for (const file of written()) {
    const before = readFileSync(join(folder, file), 'utf8');
    change(file, by);
    expect(verify(folder).broken.length, file).toBeGreaterThan(0);
    writeFileSync(join(folder, file), before);
  }
  expect(verify(folder).broken).toEqual([]);
});

test('it is found out when a file is taken away, the last one by the head that was noted', () => {
  const [first, last] = written();
  const { head } = verify(folder);
  const text = readFileSync(join(folder, last!));
  rmSync(join(folder, last!));
  expect(verify(folder, head!).broken).toEqual([`the head ${head} is not in the log`]);
  writeFileSync(join(folder, last!), text);
  rmSync(join(folder, first!));
  expect(verify(folder).broken.join()).toContain(`it follows ${first}`);
});

test('the command says that it is whole, or what is not, and nothing of an empty one', async () => {
  const said: string[] = [];
  const refused: string[] = [];
  const run = (data: string, ...more: string[]) =>
    auditLogCommand({ say: (text) => said.push(text), refuse: (text) => refused.push(text) }).parseAsync(
      ['verify', '--data', 'nowhere', '--audit-log', data, ...more],
      { from: 'user' },
    );
  await run(join(folder, 'none'));
  const [file] = written();
  await run(folder);
  change(file!, (lines) => lines.slice(1));
  await run(folder);
  expect(said).toEqual([
    expect.stringContaining('There are no private reads'),
    expect.stringMatching(/^8 private reads in 2 files, whole\. Head: [0-9a-f]{64}$/),
  ]);
  expect(refused).toEqual([expect.stringContaining(`- ${file}: line 1 is not what was written`)]);
});
