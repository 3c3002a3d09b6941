import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openWorkshop } from '@ahp/sql/open';
import { digestsOf } from '../src/releases/digest.ts';
import { currentVersion, releasesFolder } from '../src/releases/folder.ts';
import { settle } from '../src/releases/life.ts';
import { sha256Of, type Manifest } from '../src/releases/manifest.ts';
import { privateStaging, type PrivatePart } from '../src/releases/private-part.ts';

const releaseSql = readFileSync(new URL('../../sql/lattice/release.sql', import.meta.url), 'utf8');

/** One cell of a small release: UK level, by quarter and band. */
export interface SmallCell {
  periodEnd: string;
  band: string | null;
  tally?: 'headcount' | 'fte' | 'cpd_hours';
  value: number;
  area?: string;
}

export interface Small {
  cells?: readonly SmallCell[];
  bands?: Readonly<Record<string, string>>;
  organisations?: readonly string[];
  /** Breaks of everybody’s headcount by their day, with their label. `null`: a release from before breaks were listed. */
  breaks?: Readonly<Record<string, string>> | null;
  published?: readonly { periodEnd: string; value: number }[];
}

/** A data folder of its own, and what removes it. */
export function emptyData(): { data: string; remove: () => void } {
  const data = mkdtempSync(join(tmpdir(), 'releases-'));
  return { data, remove: () => rmSync(data, { recursive: true, force: true }) };
}

/** Puts a release with real (small) files in its place, in the state asked for. */
export async function addSmall(
  data: string,
  version: string,
  about: Partial<Manifest> = {},
  small: Small = {},
  inputs: PrivatePart['inputs'] = [],
): Promise<void> {
  const staging = await stageSmall(data, version, small);
  const manifest = { ...manifestOf(version, currentVersion(data)), files: staging.files, ...about };
  const part = { ...privatePartOf(manifest), inputs };
  await settle(data, staging.folder, manifest, { staging: privateStaging(data), part });
}

/** A private part of nothing in particular. */
export const privatePartOf = ({ version, createdAt }: Pick<Manifest, 'version' | 'createdAt'>): PrivatePart => ({
  version,
  createdAt,
  inputs: [],
  rows: { read: 0, loaded: 0, quarantined: 0 },
  checks: [],
  own: { cells: 0, digest: '', content: '' },
  files: {},
});

/** The staging folder of a release, with its files and without a manifest. */
export async function stageSmall(
  data: string,
  version: string,
  small: Small = {},
): Promise<{ folder: string; files: Manifest['files'] }> {
  const folder = join(releasesFolder(data), `.staging-${version}`);
  mkdirSync(folder, { recursive: true });
  const files: Manifest['files'] = {};
  for (const audience of ['public', 'trusted']) {
    const path = join(folder, `${audience}.duckdb`);
    rmSync(path, { force: true });
    const digests = await fill(path, small);
    files[`${audience}.duckdb`] = { ...(await sha256Of(path)), rows: small.cells?.length ?? 0, ...digests };
  }
  return { folder, files };
}

/** A manifest of nothing in particular, published. */
export function manifestOf(version: string, replaces: string | null): Manifest {
  const createdAt = new Date().toISOString();
  return {
    version,
    title: 'Small',
    state: 'published',
    createdAt,
    builtBy: 'Ann',
    fourEyes: false,
    approvedAt: createdAt,
    approvedBy: 'Ann',
    publishedAt: createdAt,
    publishedBy: 'Ann',
    embargoUntil: null,
    replaces,
    comparedWith: replaces,
    synthetic: true,
    hasExtracts: true,
    hasPublished: false,
    codeVersion: '0',
    secretFingerprint: null,
    audiences: [],
    periods: [],
    checks: [],
    steps: [],
    files: {},
    changes: [],
  };
}

async function fill(path: string, small: Small) {
  const instance = await openWorkshop(path);
  const connection = await instance.connect();
  try {
    return await write(connection, path, small);
  } finally {
    // Of a disk that is full too: it cannot be made read-only while a file on it is open.
    connection.closeSync();
    instance.closeSync();
  }
}

async function write(
  connection: DuckDBConnection,
  path: string,
  { cells = [], bands = { band_2: 'Band 2' }, organisations = [], published = [], breaks = {} }: Small,
) {
  // One transaction: a statement on its own would wait for the disk.
  await connection.run('begin');
  const text = (value: string | null) => (value === null ? 'null' : `'${value}'`);
  const run = async (into: string, rows: readonly string[]) => {
    if (rows.length > 0) await connection.run(`insert into ${into} values ${rows.map((row) => `(${row})`).join(', ')}`);
  };
  for (const [name, values] of Object.entries({
    grain_t: ['month', 'quarter', 'year'],
    level_t: ['uk', 'organisation'],
    tally_t: ['headcount', 'fte', 'cpd_hours'],
    set_t: ['', 'band'],
    area_t: ['uk', ...organisations],
    category_t: Object.keys(bands),
    feed_t: ['none', 'feed'],
  }))
    await connection.run(`create type ${name} as enum (${values.map(text).join(', ')})`);
  const statements = await connection.extractStatements(releaseSql);
  for (let i = 0; i < statements.count; i += 1) await (await statements.prepare(i)).run();
  const periods = [...new Set(cells.map(({ periodEnd }) => periodEnd))];
  await run(
    'period',
    periods.map((end) => `'quarter', '${end}', null, '${end}', true, false`),
  );
  await run(
    'category',
    Object.entries(bands).map(([code, label], sort) => `'band', '${code}', '${label}', null, ${sort}, null, null`),
  );
  await run('area', [
    `'uk', 'uk', 'United Kingdom', null, null, null, null, null, null, null, null, null`,
    ...organisations.map(
      (code) => `'organisation', '${code}', 'Trust ${code}', null, null, null, null, null, null, null, null, null`,
    ),
  ]);
  await run(
    'break',
    Object.entries(breaks ?? {}).map(
      ([from, label]) => `null, '${from}', 'headcount', '${label}', 'Not the same.', 'A test'`,
    ),
  );
  const levels = organisations.length > 0 ? ['uk', 'organisation'] : ['uk'];
  const tallies = [...new Set(cells.map(({ tally = 'headcount' }) => tally))];
  await run(
    'policy',
    levels.flatMap((level) =>
      ['', 'band'].flatMap((set) => tallies.map((tally) => `'quarter', '${level}', '${set}', '${tally}'`)),
    ),
  );
  await run(
    'cell',
    cells.map(
      ({ periodEnd, band, tally = 'headcount', value, area = 'uk' }) =>
        `${text(band === null ? '' : 'band')}, 'quarter', '${area === 'uk' ? 'uk' : 'organisation'}', '${area}', '${periodEnd}', ${text(band)}, null, null, '${tally}', ${value}`,
    ),
  );
  if (published.length > 0) await run('published_feed', [`'feed', 'Feed', 'Publisher', 'OGL', null, null`]);
  await run(
    'published_period',
    published.map(({ periodEnd }) => `'feed', 'year', '${periodEnd}', null, '${periodEnd}', true`),
  );
  await run(
    'published_cell',
    published.map(
      ({ periodEnd, value }) =>
        `'feed', '', 'year', 'uk', 'uk', '${periodEnd}', null, null, null, 'headcount', ${value}`,
    ),
  );
  const digests = await digestsOf(connection, '"' + path.split('/').at(-1)!.replace('.duckdb', '') + '"');
  if (breaks === null) await connection.run('drop table break');
  await connection.run('commit');
  await connection.run('checkpoint');
  return digests;
}
