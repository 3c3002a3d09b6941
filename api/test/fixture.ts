import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { createMacros } from '@ahp/sql/macros';
import { openWorkshop } from '@ahp/sql/open';
import { ownLists } from '@ahp/sql/own-files';
import { tallies } from '@ahp/sql/tally';
import { codesOf } from '../src/query/codes.ts';
import { inFile, sealPrivatePart, writePrivatePart } from './private-part.ts';
import { writeSigned } from './signed-release.ts';

const audiences = {
  public: { d: 10, v: 6.25, js: 4, display: 5, rate: 30 },
  trusted: { d: 5, v: 3, js: 2, display: 5, rate: 10 },
  own: { d: 0, v: 0, js: 0, display: 5, rate: 10 },
} as const;
type AudienceId = keyof typeof audiences;
/** Whose figures are in one file for all. */
const openTo = ['public', 'trusted'] as const;

/** Which sets exist where: as the product’s own policy, cut down. */
const policy: Record<AudienceId, readonly { grain: string; levels: readonly string[]; sets: readonly string[] }[]> = {
  public: [
    {
      grain: 'quarter',
      levels: ['uk', 'nation', 'region', 'system'],
      sets: ['', 'band', 'profession', 'ethnic_group', 'band+profession', 'band+ethnic_group'],
    },
    { grain: 'quarter', levels: ['organisation'], sets: ['', 'band', 'profession'] },
    {
      grain: 'year',
      levels: ['uk', 'nation', 'region', 'system', 'organisation'],
      sets: ['', 'band', 'profession', 'ethnic_group', 'band+profession', 'band+ethnic_group'],
    },
  ],
  trusted: [
    {
      grain: 'quarter',
      levels: ['uk', 'nation', 'region', 'system', 'organisation'],
      sets: ['', 'band', 'profession', 'band+profession'],
    },
  ],
  own: [
    { grain: 'month', levels: ['organisation'], sets: ['', 'band'] },
    { grain: 'quarter', levels: ['organisation'], sets: ['', 'band', 'profession', 'band+profession'] },
  ],
};

const places = `(values
  ('uk', 'uk', 'United Kingdom', null, null, null, null, null, null),
  ('nation', 'england', 'England', null, null, null, null, null, null),
  ('nation', 'scotland', 'Scotland', null, null, null, null, null, null),
  ('nation', 'wales', 'Wales', null, null, null, null, null, null),
  ('nation', 'northern_ireland', 'Northern Ireland', null, null, null, null, null, null),
  ('region', 'Y60', 'Midlands', 'england', null, null, null, null, null),
  ('region', 'Y63', 'North East and Yorkshire', 'england', null, null, null, null, null),
  ('system', 'QHL', 'Birmingham and Solihull', 'england', 'Y60', null, null, null, null),
  ('system', 'QF7', 'South Yorkshire', 'england', 'Y63', null, null, null, null),
  ('system', 'W11000030', 'Cwm Taf Morgannwg', 'wales', null, null, null, null, null),
  ('organisation', 'RAA', 'Alder Trust', 'england', 'Y60', 'QHL', 'acute', 'large', null),
  ('organisation', 'RBB', 'Beech Trust', 'england', 'Y60', 'QHL', 'acute', 'large', null),
  ('organisation', 'RCC', 'Cedar Community', 'england', 'Y63', 'QF7', 'community', 'small', null),
  ('organisation', 'RDD', 'Damson Trust', 'england', 'Y63', 'QF7', 'acute', 'small', date '2025-12-31'),
  ('organisation', '7A5', 'Elm Health Board', 'wales', null, 'W11000030', 'board', 'large', null),
  ('organisation', 'SCOT-F', 'Fir Health Board', 'scotland', null, null, 'board', 'large', null),
  ('organisation', 'NI-G', 'Gorse Trust', 'northern_ireland', null, null, 'trust', 'small', null)
) as place(level, code, label, nation, region, system, kind, size_band, valid_to)`;

const sizes = { RAA: 60, RBB: 45, RCC: 12, RDD: 8, '7A5': 40, 'SCOT-F': 50, 'NI-G': 10 };

export interface Built {
  data: string;
  remove: () => void;
}

/** A data folder with one release, made current. `factor` multiplies every count, so that releases can be told apart. */
export async function buildData(
  versions: readonly { version: string; factor?: number }[] = [{ version: '1.0.0' }],
): Promise<Built> {
  const data = mkdtempSync(join(tmpdir(), 'ahp-api-'));
  for (const { version, factor } of versions) await buildRelease(data, version, factor);
  makeCurrent(data, versions.at(-1)!.version);
  return { data, remove: () => rmSync(data, { recursive: true, force: true }) };
}

/** Writes one release into the data folder without making it current. */
export async function buildRelease(data: string, version: string, factor = 1): Promise<void> {
  const folder = join(data, 'releases', version);
  mkdirSync(folder, { recursive: true });
  for (const audience of openTo) await buildFile(join(folder, `${audience}.duckdb`), audience, version, factor);
  const own = join(data, 'own.duckdb');
  await buildFile(own, 'own', version, factor);
  await writePrivatePart(data, version, own);
  rmSync(own);
  sealRelease(data, version);
}

/** Runs a statement in every file of a release that is no single employer’s, and signs it anew. */
export async function changeRelease(data: string, version: string, statement: string): Promise<void> {
  for (const audience of openTo)
    await inFile(join(data, 'releases', version, `${audience}.duckdb`), (connection) => connection.run(statement));
  await inFile(join(data, 'private', version, ownLists), (connection) => connection.run(statement));
  sealPrivatePart(data, version);
  sealRelease(data, version);
}

function sealRelease(data: string, version: string): void {
  const files: Record<string, { sha256: string; bytes: number }> = {};
  for (const audience of openTo) {
    const path = join(data, 'releases', version, `${audience}.duckdb`);
    files[`${audience}.duckdb`] = {
      sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
      bytes: statSync(path).size,
    };
  }
  writeSigned(data, version, { state: 'published', files });
}

/** Points current.json at a version, by rename as the publisher does. */
export function makeCurrent(data: string, version: string): void {
  const path = join(data, 'releases', 'current.json');
  writeFileSync(`${path}.tmp`, JSON.stringify({ version }));
  renameSync(`${path}.tmp`, path);
}

async function buildFile(path: string, audience: AudienceId, version: string, factor: number): Promise<void> {
  const instance = await openWorkshop(path);
  const connection = await instance.connect();
  try {
    await createTypes(connection);
    await connection.run(readFileSync(new URL('../../sql/lattice/release.sql', import.meta.url), 'utf8'));
    await createMacros(connection);
    await describe(connection, audience, version);
    await countHeads(connection, factor);
    for (const { grain, levels, sets } of policy[audience])
      for (const level of levels) for (const set of sets) await fillTable(connection, audience, grain, level, set);
    await fillPublished(connection, factor);
    await connection.run('drop table head');
    await connection.run('checkpoint');
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const listed = ['profession', 'band', 'ethnic_group'];
const text = (value: string) => `'${value.replaceAll("'", "''")}'`;

async function createTypes(connection: DuckDBConnection): Promise<void> {
  const list = (values: readonly string[]) => `enum (${[...new Set(values)].map(text).join(', ')})`;
  const sets = Object.values(policy)
    .flat()
    .flatMap(({ sets }) => sets);
  const types: Record<string, string> = {
    set_t: list([...sets, 'staff_group']),
    grain_t: list(['month', 'quarter', 'year']),
    level_t: list(['uk', 'nation', 'region', 'system', 'organisation']),
    area_t: `enum (select code from ${places})`,
    category_t: list([
      ...listed.flatMap((id) => codesOf(id).map(({ code }) => code)),
      'support_to_st_and_t',
      'all_staff',
    ]),
    tally_t: list(Object.keys(tallies)),
    feed_t: list(['nhse_turnover', 'nhse_other']),
  };
  for (const [name, definition] of Object.entries(types)) await connection.run(`create type ${name} as ${definition}`);
}

async function describe(connection: DuckDBConnection, audience: AudienceId, version: string): Promise<void> {
  const { d, v, js, display, rate } = audiences[audience];
  await connection.run(`
    insert into release values (${text(version)}, 'Test release', '2026-05-0${version[0]} 08:00:00', '2026-05-0${version[0]} 09:30:00', true, true, true, 'test', 'AHP support workforce, release ${version}', 'OGL v3');
    insert into audience values (${text(audience)}, ${text(audience)}, ${d}, ${v}, ${js}, ${display}, ${rate});
    insert into area by name select level, code, label, nation, region, system, kind, size_band, valid_to::date as valid_to, case code when 'RDD' then 'RBB' end as successor from ${places};
    insert into dimension values ('profession', 'Profession', false, false, 1), ('band', 'Band', false, false, 2), ('ethnic_group', 'Ethnic group', true, true, 3), ('staff_group', 'Staff group', false, false, 4);
    insert into period select grain, period_end::date, period_start::date, label, flows, provisional from (values
      ('quarter', '2025-03-31', '2025-01-01', 'January to March 2025', false, false), ('quarter', '2025-06-30', '2025-04-01', 'April to June 2025', true, false),
      ('quarter', '2025-09-30', '2025-07-01', 'July to September 2025', true, false), ('quarter', '2025-12-31', '2025-10-01', 'October to December 2025', true, false),
      ('quarter', '2026-03-31', '2026-01-01', 'January to March 2026', true, true), ('year', '2026-03-31', '2025-04-01', '2025/26', true, true),
      ('month', '2026-02-28', '2026-02-01', 'February 2026', true, false), ('month', '2026-03-31', '2026-03-01', 'March 2026', true, true)
    ) v(grain, period_end, period_start, label, flows, provisional);
    insert into break select 'scotland', '2025-07-01', tally, 'full-time week of 37 hours, was 37.5', 'Weeks of different length.', 'https://example.org/week' from (values ('fte'), ('fte_start'), ('leavers_organisation_fte')) as touched(tally);
    insert into vacancy_method
      select distinct grain, level, area.code, period_end, method.code, method.code, 'Counted as ' || method.code || '.'
      from area, period, (values ('england', 'funded_less_in_post'), ('wales', 'advertised'), ('wales', 'funded_less_in_post'), ('scotland', 'advertised'), ('northern_ireland', 'recruited_to')) as method(nation, code)
      where (method.nation <> 'wales' or (method.code = 'advertised') = (period_end < '2025-07-01')) and (level = 'uk' or method.nation = case level when 'nation' then area.code else area.nation end);
    insert into published_feed values ('nhse_turnover', 'NHS workforce statistics: turnover', 'NHS England', 'OGL v3', null, null);
    insert into published_period values ('nhse_turnover', 'year', '2024-11-30', '2023-12-01', 'Year to November 2024', true), ('nhse_turnover', 'year', '2025-11-30', '2024-12-01', 'Year to November 2025', true), ('nhse_turnover', 'year', '2026-03-31', '2025-12-01', 'December 2025 to March 2026', false);
    insert into quality values ('coverage', 'months reported', 'RAA', '2026-03-31', 1, 'share', false, '15 of 15'), ('coverage', 'months reported', 'RCC', '2025-12-31', 0.8, 'share', true, '12 of 15; silent from 2026-01 to the end'), ('rejects', 'band is not in the code list', null, null, 3, 'rows', false, 'workforce, 1 of 15 files');
    insert into change values ('added', 'period', 'January to March 2026');`);
  for (const id of listed)
    for (const [sort, { code, label }] of codesOf(id).entries())
      await connection.run(
        `insert into category values (${text(id)}, ${text(code)}, ${text(label)}, null, ${sort}, ${code === 'osteopathy' ? "'2027-01-01'" : 'null'}, null)`,
      );
  await connection.run(
    `insert into category values ('staff_group', 'support_to_st_and_t', 'Support to ST&T staff', null, 1, null, null), ('staff_group', 'all_staff', 'All staff', null, 2, null, null)`,
  );
}

/** People by organisation, profession, band and ethnic group at each period: a formula, so that tests can do the sums again. */
async function countHeads(connection: DuckDBConnection, factor: number): Promise<void> {
  const organisations = Object.entries(sizes).map(([code, size]) => `(${text(code)}, ${size})`);
  await connection.run(`
    create table head as
    select period.grain, period.period_end, period.flows, area.code as organisation, area.system, area.region, area.nation, profession, band, ethnic_group,
      (${factor} * (size * share // 4 + (size + 3 * day(period.period_end) + month(period.period_end) + 5 * share + length(profession) + length(ethnic_group)) % 7))::integer as n
    from (values ${organisations.join(', ')}) as organisation(code, size)
    join area on area.code = organisation.code and area.level = 'organisation'
    cross join (values ('physiotherapy', 4), ('dietetics', 2), ('podiatry', 1)) as profession(profession, share)
    cross join (values ('band_2'), ('band_3'), ('band_4')) as band(band)
    cross join (values ('white'), ('asian'), ('unknown')) as ethnic(ethnic_group)
    cross join period
    where (area.valid_to is null or area.valid_to >= period.period_end) and not (area.code = 'NI-G' and period.period_end = '2025-06-30')`);
}

const formulas: Partial<Record<keyof typeof tallies, string>> = {
  headcount: 'sum(n)',
  headcount_start: 'case when flows then sum(n) - 1 end',
  fte: 'sum(n) * 800',
  leavers_organisation: 'case when flows then sum(n) // 12 end',
  leavers_role: 'case when flows then sum(n) // 10 end',
  leavers_support: 'case when flows then sum(n) // 14 end',
  joiners_organisation: 'case when flows then sum(n) // 11 end',
  joiners_support: 'case when flows then sum(n) // 13 end',
  transferred_in: 'case when flows then sum(n) // 40 end',
  transferred_out: 'case when flows then sum(n) // 45 end',
  went_inactive: 'case when flows then sum(n) // 50 end',
  reactivated: 'case when flows then sum(n) // 60 end',
  moved_in: 'case when flows then sum(n) // 70 end',
  moved_out: 'case when flows then sum(n) // 80 end',
  vacant_fte: 'sum(n) * 40',
  funded_fte: 'sum(n) * 840',
};

async function fillTable(
  connection: DuckDBConnection,
  audience: AudienceId,
  grain: string,
  level: string,
  set: string,
): Promise<void> {
  const dimensions = set ? set.split('+') : [];
  const area = level === 'uk' ? "'uk'" : level;
  const codes = ['a', 'b', 'c'].map((column, i) => `${dimensions[i] ?? 'null'} as ${column}`);
  const value =
    audience === 'own'
      ? 'case when value between 1 and 4 then null else value end'
      : audience === 'public'
        ? 'case when value < 5 then 0 else value end'
        : 'value';
  const counted = Object.entries(formulas).map(
    ([tally, formula]) => `{tally: ${text(tally)}, value: (${formula})::integer}`,
  );
  const held = Object.keys(formulas).map((tally) => `(${text(grain)}, ${text(level)}, ${text(set)}, ${text(tally)})`);
  await connection.run(`insert into policy values ${held.join(', ')}`);
  await connection.run(`
    insert into cell
    select ${text(set)}, ${text(grain)}, ${text(level)}, area, period_end, a, b, c, tally, ${value} as published
    from (
      select area, period_end, a, b, c, unnest(counted, recursive := true)
      from (
        select ${area} as area, period_end, ${codes.join(', ')}, [${counted.join(', ')}] as counted
        from head where grain = ${text(grain)} and ${area} is not null
        group by ${['area', 'period_end', 'flows', ...dimensions].join(', ')}))
    where value is not null and (${value}) is distinct from 0
    order by tally, area, period_end, a, b, c`);
}

async function fillPublished(connection: DuckDBConnection, factor: number): Promise<void> {
  const cell = (area: string, level: string, end: string, group: string | null, values: readonly number[]) =>
    ['headcount_start', 'joiners_organisation', 'leavers_organisation', 'headcount'].map(
      (tally, i) =>
        `('nhse_turnover', '${group ? 'staff_group' : ''}', 'year', '${level}', '${area}', date '${end}', ${group ? text(group) : 'null'}, null, null, '${tally}', ${values[i]! * factor})`,
    );
  const rows = ['2024-11-30', '2025-11-30'].flatMap((end) => [
    ...cell('england', 'nation', end, 'support_to_st_and_t', [1000, 120, 100, 1019]),
    ...cell('RAA', 'organisation', end, 'support_to_st_and_t', [400, 50, 40, 410]),
    ...cell('RBB', 'organisation', end, 'support_to_st_and_t', [300, 40, 30, 280]),
    ...cell('RCC', 'organisation', end, 'support_to_st_and_t', [20, 2, 1, 24]),
    ...cell('RAA', 'organisation', end, 'all_staff', [4000, 500, 400, 4100]),
  ]);
  await connection.run(`insert into published_cell values ${rows.join(', ')}`);
}
