import { existsSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { currentVersion } from '../src/releases/folder.ts';
import { csvOf, ordinary } from './checking.ts';
import { etl, startEtl } from './etl.ts';

const folder = mkdtempSync(join(tmpdir(), 'reader-killed-'));
const [extracts, data] = ['extracts', 'data'].map((name) => join(folder, name)) as [string, string];
const build = ['build', '--extracts', extracts, '--data', data];
const long = join(extracts, 'long-synthetic.csv');

beforeAll(async () => {
  await etl(['sample', '--people', '150', '--months', '1', '--seed', '5', '--out', extracts]);
  expect((await etl(build)).code).toBe(0);
  const people = Array.from({ length: 60_000 }, (_, i) => ({
    ...ordinary,
    period_end: '2026-05-31',
    person_id: `P${i}`,
    assignment_id: `A${i}`,
  }));
  writeFileSync(long, csvOf(people).replaceAll(/,(P\d+),/g, ',"$1",'));
  writeFileSync(join(extracts, 'short-synthetic.csv'), csvOf([{ ...ordinary, period_end: '2026-04-30' }]));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The process, started by another, that has a file open. */
async function readerOf(path: string, parent: number): Promise<number> {
  for (;;) {
    const children = readFileSync(`/proc/${parent}/task/${parent}/children`, 'latin1').split(' ').filter(Boolean);
    for (const child of children) if (openedBy(child).includes(path)) return Number(child);
    await setImmediate();
  }
}

function openedBy(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => readlinkSync(`/proc/${pid}/fd/${fd}`));
  } catch {
    return [];
  }
}

test.runIf(existsSync('/proc/self/task'))(
  'a file that ends the process that reads it is named, all others are read, and the release before goes on being served',
  async () => {
    const running = startEtl(build);
    await running.says(/^ receive /);
    process.kill(await readerOf(long, running.child.pid!), 'SIGSEGV');
    const { code, err } = await running.ended;
    expect(code).toBe(1);
    expect(err).toContain('1 file was refused, so nothing was built.');
    expect(err).toContain('long-synthetic.csv: The process that read it was stopped by signal SIGSEGV.');
    expect(currentVersion(data)).toBe('1.0.0');
    const kept = readdirSync(join(data, 'received'));
    expect(kept.filter((name) => name.endsWith('.part'))).toEqual([]);
    const sent = readdirSync(extracts).filter((name) => /csv$/.test(name));
    expect(kept.filter((name) => name.endsWith('.json'))).toHaveLength(sent.length - 1);
  },
);

test.runIf(existsSync('/usr/bin/setpriv'))(
  'a build that is killed takes along the processes that read its files, even one that hears of nothing',
  async () => {
    const running = startEtl(build);
    await running.says(/^ receive /);
    const reader = await readerOf(long, running.child.pid!);
    process.kill(reader, 'SIGSTOP');
    running.child.kill('SIGKILL');
    await running.ended;
    const gone = () =>
      !existsSync(`/proc/${reader}`) || /^State:\s+[ZX]/m.test(readFileSync(`/proc/${reader}/status`, 'latin1'));
    for (const until = Date.now() + 5_000; !gone() && Date.now() < until;) await setImmediate();
    const left = !gone();
    if (left) process.kill(reader, 'SIGKILL');
    expect(left).toBe(false);
  },
);
