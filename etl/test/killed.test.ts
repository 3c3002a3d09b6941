import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { currentVersion, listReleases } from '../src/releases/folder.ts';
import { verifyRelease } from '../src/releases/verify.ts';
import { randomStream } from '../src/sample/random.ts';
import { etl, startEtl } from './etl.ts';

/** Kills of a real build; AHP_KILLS=500 for the long run. */
const kills = Number(process.env.AHP_KILLS ?? 20);

const folder = mkdtempSync(join(tmpdir(), 'killed-'));
const [extracts, data] = ['extracts', 'data'].map((name) => join(folder, name)) as [string, string];
const build = ['build', '--extracts', extracts, '--data', data];
const last = 'workforce-2026-03-synthetic.csv';
const random = randomStream(7, 'kills');

/** Seconds that each step of a whole build took on this machine, so that moments fall evenly over the work. */
let steps: { step: string; seconds: number }[];
beforeAll(async () => {
  await etl(['sample', '--people', '150', '--months', '2', '--seed', '5', '--out', extracts]);
  renameSync(join(extracts, last), join(folder, last));
  const first = await etl([...build, '--json']);
  expect(first.code, first.err).toBe(0);
  steps = [...JSON.parse(first.out).steps, { step: 'publish', seconds: 0.2 }];
  cpSync(join(folder, last), join(extracts, last));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const visible = () => readdirSync(join(data, 'releases')).sort();

test(
  `after each of ${kills} kills of a build the current release is whole, and the next build succeeds and leaves nothing behind`,
  { timeout: 60_000 + kills * 60_000 },
  async () => {
    const killedIn: string[] = [];
    for (let kill = 0; kill < kills; kill += 1) {
      const running = startEtl(build);
      const { step, seconds } = steps[kill % steps.length]!;
      // The line of a step appears when it ends: wait for the one before, then for a random part of the step.
      const before = steps[(kill % steps.length) - 1]?.step;
      if (before) await running.says(new RegExp(`^ ${before} `));
      const timer = setTimeout(() => running.child.kill('SIGKILL'), random.next() * seconds * 1000);
      const { signal } = await running.ended;
      clearTimeout(timer);
      if (signal === 'SIGKILL') killedIn.push(step);
      const current = currentVersion(data)!;
      expect(['1.0.0', '1.1.0']).toContain(current);
      expect(await verifyRelease(data, current)).toEqual([]);
    }
    expect(killedIn.length).toBeGreaterThan(kills / 2);
    const next = await etl(build);
    expect(next.code, next.err).toBe(0);
    expect(currentVersion(data)).toBe('1.1.0');
    expect(listReleases(data).map(({ version }) => version)).toEqual(['1.0.0', '1.1.0']);
    expect(visible()).toEqual([
      '.build.lock',
      '.releases.lock',
      '1.0.0',
      '1.1.0',
      'current.json',
      'log.jsonl',
      'public-key.pem',
    ]);
    expect(readdirSync(join(data, 'received')).filter((name) => name.endsWith('.part'))).toEqual([]);
  },
);

test('what was built after the kills answers a question', () => {
  const query = '{ staff { ... on StaffTable { release { version } rows { headcount { value } } } } }';
  const cli = fileURLToPath(new URL('../../api/src/query-cli.ts', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [cli, query, '--data', data], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout).data.staff.release.version).toBe('1.1.0');
});

test('of two builds at once the second is refused as busy and the first succeeds', async () => {
  const first = startEtl([...build, '--title', 'Another title']);
  await first.says(/^ receive /);
  const second = await etl(build);
  expect(second.code).toBe(1);
  expect(second.err).toContain(`another build (process ${first.child.pid}) is working in ${data}`);
  const rollback = await etl(['releases', 'rollback', '--data', data, '--by', 'Dee']);
  expect(rollback.code, 'releases can be rolled back during a build').toBe(0);
  await etl(['releases', 'rollback', '--to', '1.1.0', '--data', data, '--by', 'Dee']);
  expect((await first.ended).code).toBe(0);
  expect(currentVersion(data)).toBe('1.1.1');
});

test('a build that another release overtook is refused, and the other stays current', async () => {
  const overtaken = startEtl([...build, '--title', 'A third title']);
  await overtaken.says(/^ files /);
  overtaken.child.kill('SIGSTOP');
  const rollback = await etl(['releases', 'rollback', '--to', '1.0.0', '--data', data, '--by', 'Dee']);
  expect(rollback.code, rollback.err).toBe(0);
  overtaken.child.kill('SIGCONT');
  const { code, err } = await overtaken.ended;
  expect(code).toBe(1);
  expect(err).toContain('build it again');
  expect(currentVersion(data)).toBe('1.0.0');
  expect(visible().filter((name) => name.startsWith('.staging'))).toEqual([]);
});

test('the log names everyone who changed what is served, in whole lines', () => {
  const lines = readFileSync(join(data, 'releases', 'log.jsonl'), 'utf8')
    .trimEnd()
    .split('\n');
  const entries = lines.map((line) => JSON.parse(line));
  expect(entries.every(({ at, by, what, version }) => at && by && what && version)).toBe(true);
});
