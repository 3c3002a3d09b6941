import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { currentVersion } from '../src/releases/folder.ts';
import { verifyRelease } from '../src/releases/verify.ts';
import { etl } from './etl.ts';
import { addSmall, stageSmall } from './small-release.ts';

const folder = mkdtempSync(join(tmpdir(), 'disk-'));
chmodSync(folder, 0o755);
const mount = (...args: string[]) => spawnSync('mount', args).status === 0;
const disk = join(folder, 'disk');
mkdirSync(disk);
const mounted = process.getuid?.() === 0 && mount('-t', 'tmpfs', '-o', 'size=256m', 'tmpfs', disk);
const without = mounted ? '' : ' (skipped: only root can mount a small disk)';
const resize = (bytes: number) =>
  expect(mount('-o', `remount,size=${Math.ceil(bytes / 4096) * 4096}`, disk)).toBe(true);
const used = () => {
  const { bsize, blocks, bfree } = statfsSync(disk);
  return bsize * (blocks - bfree);
};
const megabytes = 1_000_000;

const extracts = join(folder, 'extracts');
const data = join(disk, 'data');
const build = (title = 'AHP support workforce', uid?: number) =>
  etl(['build', '--extracts', extracts, '--data', data, '--title', title], { uid });

beforeAll(async () => {
  if (!mounted) console.log(`disk.test.ts${without}`);
  await etl(['sample', '--people', '150', '--months', '1', '--seed', '5', '--out', extracts]);
});
afterAll(() => {
  if (mounted) spawnSync('umount', [disk]);
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(!mounted)(`a full disk${without}`, () => {
  test('stops a build with a sentence, wherever it fills, and the next build succeeds once there is room', async () => {
    expect((await build()).code).toBe(0);
    for (const room of [0.2, 3, 8]) {
      resize(used() + room * megabytes);
      const { code, err } = await build('A new title');
      expect(code, `with ${room} MB left`).toBe(1);
      expect(err, `with ${room} MB left`).toContain(`the disk of ${data} is full`);
      expect(currentVersion(data)).toBe('1.0.0');
      expect(await verifyRelease(data, '1.0.0')).toEqual([]);
      resize(256 * megabytes);
    }
    const next = await build('A new title');
    expect(next.code, next.err).toBe(0);
    expect(currentVersion(data)).toBe('1.0.1');
    expect(readdirSync(join(data, 'releases')).filter((name) => name.startsWith('.staging'))).toEqual([]);
  });

  test('stops publishing at any write, and the release before stays whole or the new one is', async () => {
    const small = join(disk, 'small');
    await addSmall(small, '1.0.0');
    let failed = 0;
    for (let pages = 0; pages < 12; pages += 1) {
      const version = `1.0.${pages + 1}`;
      const before = currentVersion(small);
      await stageSmall(small, version);
      resize(used() + pages * 4096);
      const settled = await addSmall(small, version).then(
        () => true,
        () => false,
      );
      resize(256 * megabytes);
      failed += settled ? 0 : 1;
      const current = currentVersion(small)!;
      expect([before, version]).toContain(current);
      expect(await verifyRelease(small, current)).toEqual([]);
    }
    expect(failed).toBeGreaterThan(0);
    await addSmall(small, '1.1.0');
    expect(currentVersion(small)).toBe('1.1.0');
    expect(readdirSync(join(small, 'releases')).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('that is read-only is told in a sentence, by a build and by a rollback', async () => {
    expect(mount('-o', 'remount,ro', disk)).toBe(true);
    const results = [await build(), await etl(['releases', 'rollback', '--data', data])];
    expect(mount('-o', 'remount,rw', disk)).toBe(true);
    for (const { code, err } of results) {
      expect(code).toBe(1);
      expect(err).toContain('is on a read-only disk');
    }
  });
});

test.skipIf(process.getuid?.() !== 0)('a folder that belongs to somebody else is told in a sentence', async () => {
  const theirs = join(folder, 'theirs');
  mkdirSync(theirs);
  const nobody = 65534;
  const { code, err } = await etl(['build', '--extracts', extracts, '--data', theirs], { uid: nobody });
  expect(code).toBe(1);
  expect(err).toContain('cannot be written by this user');
});

test('a damaged current release does not stop the next build, and the api serves neither it nor half of it', async () => {
  const damaged = join(folder, 'damaged');
  const into = ['build', '--extracts', extracts, '--data', damaged];
  expect((await etl(into)).code).toBe(0);
  const path = join(damaged, 'releases', '1.0.0', 'public.duckdb');
  spawnSync('truncate', ['-s', '-4096', path]);
  const verified = await etl(['releases', 'verify', '--data', damaged]);
  expect(verified.code).toBe(1);
  expect(verified.err).toContain('1.0.0: public.duckdb has');
  const api = (entry: string, ...args: string[]) => {
    const cli = fileURLToPath(new URL(`../../api/src/${entry}`, import.meta.url));
    return spawnSync(process.execPath, [cli, ...args, '--data', damaged], { encoding: 'utf8' });
  };
  const ask = () => api('query-cli.ts', '{ staff { ... on StaffTable { release { version } } } }');
  expect(api('main.ts', '--port', '0')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('release 1.0.0: public.duckdb has'),
  });
  expect(ask().status).toBe(1);
  const next = await etl(into);
  expect(next.code, next.err).toBe(0);
  expect(currentVersion(damaged)).toBe('1.0.1');
  expect(JSON.parse(ask().stdout).data.staff.release.version).toBe('1.0.1');
});
