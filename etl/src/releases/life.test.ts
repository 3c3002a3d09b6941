import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addSmall, emptyData, manifestOf, privatePartOf, stageSmall } from '../../test/small-release.ts';
import { clockNote } from './clock.ts';
import { publishDue } from './due.ts';
import { currentVersion, latestVersion, readManifest, releaseFolder, setCurrent } from './folder.ts';
import { approve, finishBefore, publishApproved, rollBack } from './life.ts';
import { readLog, record } from './log.ts';
import { prunable, prune } from './prune.ts';
import { privateStaging, settlePrivate } from './private-part.ts';
import { signingKey } from './signing-key.ts';
import { verifyRelease } from './verify.ts';
import { writeManifest } from './write-manifest.ts';

let data: string;
let remove: () => void;
beforeEach(() => {
  ({ data, remove } = emptyData());
});
afterEach(() => remove());

const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code });
const staged = { state: 'staged', approvedAt: null, approvedBy: null, publishedAt: null, publishedBy: null } as const;
const events = () => readLog(data).map(({ what, version, by }) => `${what} ${version} by ${by}`);
const stateOf = (version: string) => readManifest(data, version).state;

test('a clock that jumped is told, and a few minutes are not', async () => {
  await addSmall(data, '1.0.0');
  record(data, { what: 'published', version: '1.0.0', by: 'Ann' });
  const [{ at } = { at: '' }] = readLog(data);
  expect(clockNote(data, new Date(Date.parse(at) - 60_000))).toBeUndefined();
  expect(clockNote(data, new Date(Date.parse(at) - 86_400_000))).toMatch(
    /^Look at the clock of this machine: it says .* and the log has an entry of .* Embargoes go by this clock\.$/,
  );
});

test('a damaged pointer to the current release is told with what to do', async () => {
  await addSmall(data, '1.0.0');
  writeFileSync(join(data, 'releases', 'current.json'), '{"vers');
  expect(() => currentVersion(data)).toThrow(/current\.json is damaged/);
});

describe('from staged to published', () => {
  test('a staged release is served to nobody until it is approved and published', async () => {
    await addSmall(data, '1.0.0');
    await addSmall(data, '1.1.0', staged);
    expect(currentVersion(data)).toBe('1.0.0');
    await expect(publishApproved(data, '1.1.0', 'Cat')).rejects.toEqual(refused('not_approved'));
    await expect(rollBack(data, '1.1.0', { by: 'Cat' })).rejects.toEqual(refused('not_published'));
    await approve(data, '1.1.0', { by: 'Ben' });
    expect(currentVersion(data)).toBe('1.0.0');
    await publishApproved(data, '1.1.0', 'Cat');
    expect(currentVersion(data)).toBe('1.1.0');
    expect(readManifest(data, '1.1.0')).toMatchObject({ state: 'published', approvedBy: 'Ben', publishedBy: 'Cat' });
    expect(await verifyRelease(data, '1.1.0')).toEqual([]);
    expect(events()).toEqual([
      'published 1.0.0 by Ann',
      'staged 1.1.0 by Ann',
      'approved 1.1.0 by Ben',
      'published 1.1.0 by Cat',
    ]);
  });

  test('with four eyes the builder does not approve, however the name is written', async () => {
    await addSmall(data, '1.0.0', { ...staged, fourEyes: true });
    await addSmall(data, '1.0.1', staged);
    await expect(approve(data, '1.0.0', { by: ' ann ' })).rejects.toEqual(refused('four_eyes'));
    await expect(approve(data, '1.0.1', { by: 'Ann', fourEyes: true })).rejects.toEqual(refused('four_eyes'));
    expect((await approve(data, '1.0.0', { by: 'Ben' })).approvedBy).toBe('Ben');
    expect((await approve(data, '1.0.1', { by: 'Ann' })).approvedBy).toBe('Ann');
  });

  test('nothing is approved or published twice', async () => {
    await addSmall(data, '1.0.0');
    await expect(approve(data, '1.0.0', { by: 'Ben' })).rejects.toEqual(refused('not_staged'));
    await expect(publishApproved(data, '1.0.0', 'Ben')).rejects.toEqual(refused('not_approved'));
  });

  test('an embargo holds to the second, and publish-due publishes what it held', async () => {
    const embargoUntil = '2030-01-10T09:30:00.000Z';
    await addSmall(data, '1.0.0', { ...staged, state: 'approved', embargoUntil });
    const before = new Date(Date.parse(embargoUntil) - 1);
    await expect(publishApproved(data, '1.0.0', 'Ben', before)).rejects.toEqual(refused('embargoed'));
    expect(await publishDue(data, 'clock', before)).toEqual({ published: [], refused: [] });
    expect(currentVersion(data)).toBeNull();
    expect(await publishDue(data, 'clock', new Date(embargoUntil))).toEqual({ published: ['1.0.0'], refused: [] });
    expect(currentVersion(data)).toBe('1.0.0');
  });

  test('of two releases built to follow the same one, the second is overtaken', async () => {
    await addSmall(data, '1.0.0');
    const embargoUntil = '2030-01-10T09:30:00.000Z';
    for (const version of ['1.1.0', '1.2.0'])
      await addSmall(data, version, { ...staged, state: 'approved', embargoUntil });
    const { published, refused: overtaken } = await publishDue(data, 'clock', new Date('2031-01-01'));
    expect(published).toEqual(['1.1.0']);
    expect(overtaken).toEqual([refused('overtaken')]);
    await expect(addSmall(data, '1.3.0', { replaces: '1.0.0' })).rejects.toEqual(refused('overtaken'));
    expect(currentVersion(data)).toBe('1.1.0');
  });

  test('a staged release that was damaged meanwhile is not approved', async () => {
    await addSmall(data, '1.0.0', staged);
    writeFileSync(join(releaseFolder(data, '1.0.0'), 'public.duckdb'), 'not what was built');
    await expect(approve(data, '1.0.0', { by: 'Ben' })).rejects.toEqual(refused('damaged'));
  });
});

describe('rollback', () => {
  test('goes back and forth in one step each, to releases whose bytes are what they were', async () => {
    for (const version of ['1.0.0', '1.1.0', '1.2.0']) await addSmall(data, version);
    const hashes = () =>
      ['1.0.0', '1.1.0', '1.2.0'].map((version) =>
        readFileSync(join(releaseFolder(data, version), 'manifest.json'), 'utf8'),
      );
    const before = hashes();
    for (const version of ['1.0.0', '1.2.0', '1.1.0', '1.0.0']) {
      await rollBack(data, version, { by: 'Dee' });
      expect(currentVersion(data)).toBe(version);
    }
    expect(hashes()).toEqual(before);
    expect(readLog(data).at(-1)).toMatchObject({ what: 'rolled_back', version: '1.0.0', from: '1.1.0', by: 'Dee' });
    await expect(rollBack(data, '1.0.0', { by: 'Dee' })).rejects.toEqual(refused('already_current'));
    await expect(rollBack(data, '../1.0.0', { by: 'Dee' })).rejects.toEqual(refused('no_such_release'));
  });

  test('a withdrawn release is never served again, and its number never used again', async () => {
    for (const version of ['1.0.0', '1.1.0']) await addSmall(data, version);
    await rollBack(data, '1.0.0', { by: 'Dee', withdraw: true });
    expect(stateOf('1.1.0')).toBe('withdrawn');
    expect(await verifyRelease(data, '1.1.0')).toEqual([]);
    await expect(rollBack(data, '1.1.0', { by: 'Dee' })).rejects.toEqual(refused('not_published'));
    await prune(data, 1, 'Dee');
    expect(existsSync(releaseFolder(data, '1.1.0'))).toBe(false);
    expect(latestVersion(data)).toBe('1.1.0');
  });

  test('a withdrawn release stays withdrawn when its manifest of before is put back', async () => {
    for (const version of ['1.0.0', '1.1.0']) await addSmall(data, version);
    const path = join(releaseFolder(data, '1.1.0'), 'manifest.json');
    const before = readFileSync(path, 'utf8');
    await rollBack(data, '1.0.0', { by: 'Dee', withdraw: true });
    expect(readManifest(data, '1.0.0').withdrawals).toBe(1);
    expect(await verifyRelease(data, '1.0.0')).toEqual([]);
    writeFileSync(path, before);
    expect(await verifyRelease(data, '1.1.0')).toEqual([expect.stringContaining('release 1.1.0 was withdrawn')]);
    // The next command finds it as it would a withdrawal that was interrupted.
    await expect(rollBack(data, '1.1.0', { by: 'Dee' })).rejects.toEqual(refused('not_published'));
    expect(
      readFileSync(join(data, 'releases', 'withdrawn.jsonl'), 'utf8')
        .trim()
        .split('\n'),
    ).toHaveLength(1);
  });

  test('a release that is not whole cannot become current', async () => {
    for (const version of ['1.0.0', '1.1.0']) await addSmall(data, version);
    writeFileSync(join(releaseFolder(data, '1.0.0'), 'trusted.duckdb'), '');
    await expect(rollBack(data, '1.0.0', { by: 'Dee' })).rejects.toEqual(refused('damaged'));
    expect(currentVersion(data)).toBe('1.1.0');
  });
});

describe('prune', () => {
  test('keeps the newest, the current, the one before it and what waits, whatever the number', async () => {
    for (const version of ['1.0.0', '1.1.0', '1.2.0', '1.3.0', '1.4.0']) await addSmall(data, version);
    await rollBack(data, '1.2.0', { by: 'Dee' });
    await addSmall(data, '1.5.0', staged);
    // 1.2.0 is current, 1.1.0 comes before it by number and 1.4.0 by the log; 1.5.0 waits to follow 1.2.0.
    expect(prunable(data, 1).versions).toEqual(['1.0.0', '1.3.0']);
    await prune(data, 1, 'Dee');
    expect(
      readdirSync(join(data, 'releases'))
        .filter((name) => /^\.?\w*-?\d/.test(name))
        .sort(),
    ).toEqual(['1.1.0', '1.2.0', '1.4.0', '1.5.0']);
    expect(events().slice(-2)).toEqual(['pruned 1.0.0 by Dee', 'pruned 1.3.0 by Dee']);
  });

  test('forgets the rows of extracts that no release left was made of, and no others', async () => {
    const input = {
      file: 'a.csv',
      kind: 'workforce',
      layout: 'contract',
      sha256: 'a'.repeat(64),
      bytes: 1,
      read: 1,
      loaded: 1,
      quarantined: 0,
      kept: false,
    };
    await addSmall(data, '1.0.0', {}, {}, [input]);
    mkdirSync(join(data, 'received'));
    for (const sha of ['a', 'b']) writeFileSync(join(data, 'received', `${sha.repeat(64)}-1.parquet`), '');
    await prune(data, 1, 'Dee');
    expect(readdirSync(join(data, 'received'))).toEqual([`${'a'.repeat(64)}-1.parquet`]);
  });
});

describe('after a kill between any two steps, the next command completes what was decided', () => {
  test('publishing: the manifest says published, and neither log nor pointer know', async () => {
    await addSmall(data, '1.0.0');
    const { folder, files } = await stageSmall(data, '1.1.0');
    const manifest = { ...manifestOf('1.1.0', '1.0.0'), files };
    writeManifest(folder, manifest, signingKey(data));
    settlePrivate(data, privateStaging(data), privatePartOf(manifest), signingKey(data));
    renameSync(folder, releaseFolder(data, '1.1.0'));
    await finishBefore(data);
    await finishBefore(data);
    expect(currentVersion(data)).toBe('1.1.0');
    expect(events()).toEqual(['published 1.0.0 by Ann', 'published 1.1.0 by Ann']);
  });

  test('publishing or rolling back: the log knows, and the pointer does not', async () => {
    for (const version of ['1.0.0', '1.1.0']) await addSmall(data, version);
    setCurrent(data, '1.0.0');
    await finishBefore(data);
    expect(currentVersion(data)).toBe('1.1.0');
    await rollBack(data, '1.0.0', { by: 'Dee' });
    setCurrent(data, '1.1.0');
    await finishBefore(data);
    expect(currentVersion(data)).toBe('1.0.0');
  });

  test('withdrawing: the pointer went back, and the manifest still says published', async () => {
    for (const version of ['1.0.0', '1.1.0']) await addSmall(data, version);
    const published = readManifest(data, '1.1.0');
    await rollBack(data, '1.0.0', { by: 'Dee', withdraw: true });
    writeManifest(releaseFolder(data, '1.1.0'), published, signingKey(data));
    await finishBefore(data);
    expect(stateOf('1.1.0')).toBe('withdrawn');
  });

  test('logging: the last line is cut, and stays beside the whole one that follows', async () => {
    await addSmall(data, '1.0.0');
    const log = join(data, 'releases', 'log.jsonl');
    const whole = readFileSync(log, 'utf8');
    writeFileSync(log, `${whole}{"at":"2026-11-23T17:0`);
    await addSmall(data, '1.1.0');
    expect(events()).toEqual(['published 1.0.0 by Ann', 'published 1.1.0 by Ann']);
    expect(readFileSync(log, 'utf8').split('\n')).toHaveLength(4);
  });

  test('writing: half-written files under temporary names are removed', async () => {
    await addSmall(data, '1.0.0');
    const left = [
      join(data, 'releases', 'current.json.77.tmp'),
      join(releaseFolder(data, '1.0.0'), 'manifest.json.77.tmp'),
    ];
    for (const path of left) writeFileSync(path, '{');
    await finishBefore(data);
    expect(left.some((path) => existsSync(path))).toBe(false);
  });
});
