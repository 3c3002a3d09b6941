import { createHash } from 'node:crypto';
import { copyFileSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ownLists, ownTables } from '@ahp/sql/own-files';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { everyone, ownOf, trusted, type Asker } from '../src/identity/asker.ts';
import { Releases } from '../src/release/releases.ts';
import { makeCurrent } from './fixture.ts';
import type { Json } from './json.ts';
import { inFile, writePrivatePart } from './private-part.ts';
import { documentOf, rootFields } from './root-documents.ts';
import { run } from './run.ts';
import { sampleRelease } from './sample-release.ts';
import { writeSigned } from './signed-release.ts';

/**
 * Who may see what, by interference: where cells are changed that an asker may not read, no answer of theirs changes by a byte. Releases that differ in
 * the cells of one audience or one employer alone are asked every root field about several places.
 */
type Root = (typeof rootFields)[number];
/** The files of a release: for the public, for analysts, for employers. */
type Files = [open: string, analysts: string, own: string];
const base: Files = ['public', 'trusted', 'own'];
const version = '1.0.0';
const home = mkdtempSync(join(tmpdir(), 'ahp-scope-'));
const opened = new Map<string, Promise<Releases>>();
/** Two employers of one region. */
let mine: string, theirs: string, region: string;
let remove: () => void;

beforeAll(async () => {
  const sample = sampleRelease();
  remove = sample.remove;
  const current = currentOf(sample.data);
  for (const name of ['public', 'trusted'])
    copyFileSync(join(sample.data, 'releases', current, `${name}.duckdb`), join(home, `${name}.duckdb`));
  await gatherOwn(join(sample.data, 'private', current), join(home, 'own.duckdb'));
  await chooseEmployers();
  await change('own', 'own-mine', [mine]);
  await change('own', 'own-theirs', [theirs]);
  await change('own-mine', 'own-both', [theirs]);
  for (const name of ['public', 'trusted'])
    await change(name, `${name}-changed`, [mine, theirs, region, 'england', 'uk']);
});
afterAll(async () => {
  for (const releases of opened.values()) await (await releases).close();
  rmSync(home, { recursive: true, force: true });
  remove();
});

const currentOf = (data: string) =>
  (JSON.parse(readFileSync(join(data, 'releases', 'current.json'), 'utf8')) as { version: string }).version;

async function change(from: string, to: string, areas: readonly string[]): Promise<void> {
  const path = join(home, `${to}.duckdb`);
  copyFileSync(join(home, `${from}.duckdb`), path);
  await inFile(path, (connection) =>
    connection.run(
      `update cell set value = value * 3 + 40 where area in (${areas.map((area) => `'${area}'`).join(', ')})`,
    ),
  );
}

/** One file of the own figures of all employers, to be changed and split again. */
async function gatherOwn(part: string, path: string): Promise<void> {
  copyFileSync(join(part, ownLists), path);
  await inFile(path, async (connection) => {
    for (const table of ownTables)
      await connection.run(
        `insert into ${table} by name from read_parquet('${part}/${table}/*/*.parquet', hive_partitioning = false)`,
      );
  });
}

async function chooseEmployers(): Promise<void> {
  const question =
    '{ staff(by: [ORGANISATION], orderBy: [{ measure: HEADCOUNT, direction: DESC }], first: 40) { ... on StaffTable { rows { area { code region { code } } } } } }';
  const { data } = (await run(question, {}, everyone, await releaseOf(...base))).answer as Json;
  const regions = Map.groupBy(data.staff.rows as Json[], ({ area }) => area.region?.code ?? '');
  const [code, rows] = [...regions].find(([code, rows]) => code !== '' && rows.length > 1)!;
  [region, mine, theirs] = [code, rows[0].area.code, rows[1].area.code];
}

/** A data folder with these files as its release. */
function releaseOf(...given: Files): Promise<Releases> {
  const name = given.join(' ');
  if (!opened.has(name)) opened.set(name, openRelease(given));
  return opened.get(name)!;
}

async function openRelease([open, analysts, own]: Files): Promise<Releases> {
  const data = mkdtempSync(join(home, 'data-'));
  const folder = join(data, 'releases', version);
  mkdirSync(folder, { recursive: true });
  const listed: Record<string, object> = {};
  for (const [audience, file] of Object.entries({ public: open, trusted: analysts })) {
    const path = join(folder, `${audience}.duckdb`);
    linkSync(join(home, `${file}.duckdb`), path);
    const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
    listed[`${audience}.duckdb`] = { sha256, bytes: statSync(path).size };
  }
  await writePrivatePart(data, version, join(home, `${own}.duckdb`));
  writeSigned(data, version, { state: 'published', files: listed });
  makeCurrent(data, version);
  return Releases.once(data);
}

const questions = (): Record<string, Record<string, string>> => ({
  'about no place': {},
  'about their own employer': { where: `{ organisation: ["${mine}"] }`, organisation: `"${mine}"`, code: `"${mine}"` },
  'about another employer': {
    where: `{ organisation: ["${theirs}"] }`,
    organisation: `"${theirs}"`,
    code: `"${theirs}"`,
  },
  'about both': { where: `{ organisation: ["${mine}", "${theirs}"] }` },
  'by employer': { by: '[ORGANISATION]', where: `{ region: ["${region}"] }`, first: '5', rest: 'true', totals: 'true' },
  'about themselves beside others': { where: `{ organisation: ["${mine}"] }`, compare: '{ nation: true }' },
});

/** Root fields that make whole pages of figures: asked about the two employers alone. */
const long = ['board', 'fairness', 'projection', 'scorecard', 'signals'];
const asksOf = (root: Root) =>
  Object.entries(questions()).filter(([name]) => !long.includes(root.name) || /their own employer|another/.test(name));

const takesPlaces = (root: Root) => String(root.args.find(({ name }) => name === 'by')?.type).startsWith('[Dimension');

/** Answers by question, each document asked once. */
async function answersTo(root: Root, asker: Asker, files: Files): Promise<Record<string, string>> {
  const releases = await releaseOf(...files);
  const documents = new Map<string, string>();
  for (const [name, { by, ...given }] of asksOf(root)) {
    const document = documentOf(root, takesPlaces(root) && by ? { by, ...given } : given);
    if (![...documents.values()].includes(document)) documents.set(name, document);
  }
  const answers = [...documents].map(async ([name, document]) => [
    name,
    JSON.stringify((await run(document, {}, asker, releases)).answer),
  ]);
  return Object.fromEntries(await Promise.all(answers)) as Record<string, string>;
}

const known = new Map<string, Promise<Record<string, string>>>();
/** The same for the release as it is, worked out once. */
function unchanged(root: Root, asker: Asker): Promise<Record<string, string>> {
  const key = JSON.stringify([root.name, asker]);
  if (!known.has(key)) known.set(key, answersTo(root, asker, base));
  return known.get(key)!;
}

/** For each asker, a release in which everything is changed that they may not read. */
const askers: [string, () => Asker, Files][] = [
  ['the public', () => everyone, ['public', 'trusted-changed', 'own-both']],
  ['a trusted analyst', () => trusted, ['public-changed', 'trusted', 'own-both']],
  ['an employer', () => ownOf([mine]), ['public', 'trusted-changed', 'own-theirs']],
  ['an employer of two', () => ownOf([mine, theirs]), ['public', 'trusted-changed', 'own']],
  ['an employer that the release does not have', () => ownOf(['NOBODY']), ['public', 'trusted-changed', 'own-both']],
];

/** Root fields that answer about the release or its words, and never from cells. */
const withoutCells = ['catalogue', 'me', 'organisation', 'organisations', 'quality', 'release', 'releases'];
/** Root fields whose answers to these questions do not turn on these cells: places beside each other are public, and the sample has no survey. */
const unmoved: Record<string, Partial<Record<'public' | 'trusted' | 'own' | 'two', false>>> = {
  funnel: { own: false, two: false },
  // Too few people in one employer to be projected, but for itself.
  projection: { public: false, trusted: false },
  signals: { two: false },
  standardised: { own: false, two: false },
};
const withoutSurvey = ['voice'];

describe.each(rootFields.map((root) => [root.name, root] as const))('%s', (name, root) => {
  test.each(long.includes(name) ? askers.slice(0, 3) : askers)(
    'tells %s nothing that they may not know',
    async (_, asker, changed) => {
      const before = await unchanged(root, asker());
      expect(await answersTo(root, asker(), changed)).toEqual(before);
      for (const [question, answer] of Object.entries(before))
        expect(answer, question).not.toMatch(/"code":"(INTERNAL_SERVER_ERROR|GRAPHQL_\w+|TOO_LARGE|TIMEOUT)/);
    },
  );

  if ([...withoutCells, ...withoutSurvey].includes(name)) return;
  test('tells each of them what they may know', async () => {
    const differ = async (asker: Asker, changed: Files) => {
      const [one, other] = [await unchanged(root, asker), await answersTo(root, asker, changed)];
      return Object.keys(one).some((question) => one[question] !== other[question]);
    };
    expect({
      public: await differ(everyone, ['public-changed', 'trusted', 'own']),
      trusted: await differ(trusted, ['public', 'trusted-changed', 'own']),
      own: await differ(ownOf([mine]), ['public', 'trusted', 'own-mine']),
      two: await differ(ownOf([mine, theirs]), ['public', 'trusted', 'own-theirs']),
    }).toEqual({ public: true, trusted: true, own: true, two: true, ...unmoved[name] });
  });
});
