import {
  appendFileSync,
  closeSync,
  cpSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { buildData, makeCurrent, type Built } from '../../test/fixture.ts';
import { withdrawalsOf, writeSigned } from '../../test/signed-release.ts';
import { startServing, type Serving } from '../../test/serve.ts';
import { Releases } from './releases.ts';
import type { Json } from '../../test/json.ts';

let template: Built;
let data: string;
let serving: Serving | null = null;
beforeAll(async () => {
  template = await buildData([{ version: '3.0.0', factor: 3 }, { version: '2.0.0', factor: 2 }, { version: '1.0.0' }]);
});
afterAll(() => template.remove());
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'ahp-releases-'));
  cpSync(template.data, data, { recursive: true });
});
afterEach(async () => {
  await serving?.close();
  serving = null;
  rmSync(data, { recursive: true });
});

const query =
  '{ staff(by: [NATION]) { ... on StaffTable { release { version current } rows { headcount { value } } } } release(version: "1.0.0") { version current } }';
const ask = async (body: object = { query }) => {
  const response = await serving!.post(body);
  return { status: response.status, ...((await response.json()) as Json) };
};
/** Resolves once the server says that it serves this version. */
const served = async (version: string) => {
  while ((await (await fetch(`${serving!.url}/readyz`)).text()) !== `ready ${version}\n`);
};

test('a new release is taken over under load: no request fails, none mixes two releases', async () => {
  serving = await startServing(data, { cacheMegabytes: 0 });
  const answers: Json[] = [];
  let swapped = false;
  const load = Array.from({ length: 6 }, async (_, worker) => {
    for (let i = 0; !swapped || i % 10 !== 0; i += 1) answers.push(await ask({ query: `# ${worker} ${i}\n${query}` }));
  });
  for (const version of ['2.0.0', '3.0.0']) {
    makeCurrent(data, version);
    await served(version);
    await ask();
  }
  swapped = true;
  await Promise.all(load);
  const byVersion = Map.groupBy(answers, ({ data }) => data.staff.release.version);
  expect([...byVersion.keys()].sort()).toEqual(['1.0.0', '2.0.0', '3.0.0']);
  for (const [, group] of byVersion)
    expect(new Set(group.map(({ data }) => JSON.stringify(data.staff.rows))).size).toBe(1);
  expect(answers.every(({ status, errors }) => status === 200 && !errors)).toBe(true);
  expect(serving.faults).toEqual([]);
});

test('an older release is answered by its version as it always was', async () => {
  serving = await startServing(data);
  const before = (await ask()).data.staff;
  makeCurrent(data, '2.0.0');
  await served('2.0.0');
  const { data: answered } = await ask({
    query:
      '{ staff(by: [NATION], release: "1.0.0") { ... on StaffTable { release { version current } rows { headcount { value } } } } releases { totalCount nodes { version current } } }',
  });
  expect(answered.staff).toEqual({ ...before, release: { version: '1.0.0', current: false } });
  expect(answered.releases).toEqual({
    totalCount: 3,
    nodes: [
      { version: '3.0.0', current: false },
      { version: '2.0.0', current: true },
      { version: '1.0.0', current: false },
    ],
  });
});

const damages: [string, (path: string) => void][] = [
  ['cut short', (path) => truncateSync(path, readFileSync(path).length - 4096)],
  ['one byte changed', (path) => changeByte(path)],
  ['something appended', (path) => appendFileSync(path, 'x')],
  ['missing', (path) => rmSync(path)],
];

test.each(damages)(
  'a release with a file %s is refused, and the one before goes on being served',
  async (_, damage) => {
    const { promise: refused, resolve } = Promise.withResolvers<string>();
    const log = ({ event, reason }: { event: string; reason?: unknown }) =>
      event === 'release refused' && resolve(String(reason));
    const releases = await Releases.watch(data, { poll: 20, log });
    try {
      damage(join(data, 'releases', '2.0.0', 'trusted.duckdb'));
      makeCurrent(data, '2.0.0');
      expect(await refused).toMatch(/^release 2\.0\.0: trusted\.duckdb (has \d+ bytes|does not match|is missing)/);
      expect(releases.current).toBe('1.0.0');
    } finally {
      await releases.close();
    }
  },
);

test('a current release that is damaged at the start leaves the newest whole one serving', async () => {
  truncateSync(join(data, 'releases', '2.0.0', 'public.duckdb'), 4096);
  makeCurrent(data, '2.0.0');
  const releases = await Releases.watch(data, { poll: 20 });
  try {
    expect(releases.current).toBe('1.0.0');
  } finally {
    await releases.close();
  }
});

test('of those before and after it the one published last serves, unless it was withdrawn', async () => {
  truncateSync(join(data, 'releases', '1.0.0', 'public.duckdb'), 4096);
  restate('3.0.0', { publishedAt: '2026-02-01T09:30:00Z' });
  restate('2.0.0', { publishedAt: '2026-03-01T09:30:00Z' });
  for (const [withdrawn, serving] of [
    [[], '2.0.0'],
    [['2.0.0'], '3.0.0'],
  ] as const) {
    writeFileSync(join(data, 'releases', 'withdrawn.jsonl'), withdrawalsOf(...withdrawn));
    const releases = await Releases.watch(data, { poll: 20 });
    expect(releases.current).toBe(serving);
    await releases.close();
  }
  writeFileSync(join(data, 'releases', 'withdrawn.jsonl'), withdrawalsOf('2.0.0', '3.0.0'));
  await expect(Releases.watch(data, { poll: 20 })).rejects.toThrow('release 1.0.0: public.duckdb has 4096 bytes');
});

test('a release that is not published cannot be asked, nor one outside the folder', async () => {
  restate('2.0.0', { state: 'staged' });
  serving = await startServing(data);
  for (const version of ['2.0.0', '../../releases/1.0.0', '..', '1.0.0/../1.0.0', '', '\u0000']) {
    const { data } = await ask({
      query: 'query($v: String!) { release(version: $v) { version } }',
      variables: { v: version },
    });
    expect(data.release, version).toBeNull();
  }
});

test('a data folder without a release says what to do', async () => {
  rmSync(join(data, 'releases', 'current.json'));
  await expect(Releases.once(data)).rejects.toThrow(/there is no release in .*etl build/);
});

/** Signs the manifest of a release again with something else in it. */
function restate(version: string, other: object): void {
  const manifest = JSON.parse(readFileSync(join(data, 'releases', version, 'manifest.json'), 'utf8')) as object;
  writeSigned(data, version, { ...manifest, ...other });
}

function changeByte(path: string): void {
  const middle = Math.floor(readFileSync(path).length / 2);
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.from([readFileSync(path)[middle]! ^ 0xff]), 0, 1, middle);
  closeSync(file);
}
