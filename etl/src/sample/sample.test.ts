import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ESTABLISHMENT_HEADER, PLAN_HEADER } from './establishment.ts';
import { generateSample, RETENTION_HEADER } from './generate.ts';
import type { SampleSummary } from './generate.ts';
import { leaverRate, leaverRateEngland } from './margins.ts';
import { TRAINING_HEADER } from './training.ts';
import { WORKFORCE_HEADER } from './workforce-rows.ts';

const out = mkdtempSync(join(tmpdir(), 'sample-'));
const reference = fileURLToPath(new URL('../../../sql/reference', import.meta.url));
let summary: SampleSummary;
let db: DuckDBConnection;
const rows = async (sql: string) => (await db.runAndReadAll(sql)).getRowObjectsJS();
const number = async (sql: string) => Number(Object.values((await rows(`select (${sql})::double as n`))[0]!)[0]);

beforeAll(async () => {
  summary = await generateSample({ people: 24_000, months: 48, seed: 1, out });
  db = await (await DuckDBInstance.create(':memory:')).connect();
  const read = (name: string, columns: string) =>
    `read_csv('${out}/${name}*-synthetic.csv', header = true, auto_detect = false, columns = {${columns}})`;
  const texts = (header: string, typed: Record<string, string>) =>
    header.split(',').map((name) => `'${name}': '${typed[name] ?? 'varchar'}'`).join(', '); // prettier-ignore
  const workforce = {
    period_end: 'date',
    contracted_fte: 'decimal(8,5)',
    contracted_hours: 'decimal(8,2)',
    organisation_start_date: 'date',
  };
  await db.run(`create table workforce as from ${read('workforce-', texts(WORKFORCE_HEADER, workforce))}`);
  await db.run(`create table training as from ${read('training-', texts(TRAINING_HEADER, { event_date: 'date', valid_to: 'date', hours: 'decimal(6,1)', domain: 'integer' }))}`); // prettier-ignore
  await db.run(
    `create table retention as from ${read('retention-', texts(RETENTION_HEADER, { leaving_date: 'date' }))}`,
  );
  await db.run(`create table establishment as from ${read('establishment', texts(ESTABLISHMENT_HEADER, { period_end: 'date', funded_fte: 'double', vacant_fte: 'double', practice_educator_fte: 'double' }))}`); // prettier-ignore
  await db.run(`create table plan as from ${read('plan', texts(PLAN_HEADER, { year_end: 'date', target_fte: 'double' }))}`); // prettier-ignore
  await db.run(
    `create table organisation as from read_csv('${out}/organisations-synthetic.csv', header = true, all_varchar = true)`,
  );
  for (const list of [
    'occupation_code',
    'system',
    'region',
    'ethnic_group',
    'band',
    'leaving_reason',
    'destination',
    'apprenticeship_standard',
    'profession',
  ])
    // prettier-ignore
    await db.run(`create table ref_${list} as from read_csv('${reference}/${list}.csv', header = true, all_varchar = true)`);
  await db.run(`create table main as
    select w.*, o.definition in ('core', 'standard') as is_support, coalesce(g.code, 'unknown') as ethnic, place.region, place.nation
    from workforce w join ref_occupation_code o on o.code = w.occupation_code
    left join ref_ethnic_group g on g.source_value = w.ethnic_group
    join (select distinct code, nation, region from organisation) place on place.code = w.organisation_code
    where assignment_status in ('active', 'acting_up', 'internal_secondment')
      and contract_type in ('permanent', 'fixed_term', 'locum') and contracted_fte > 0
    qualify row_number() over (partition by period_end, person_id
      order by contracted_fte desc, organisation_start_date nulls last, assignment_id) = 1`);
  await db.run(`create table support as from main where is_support`);
  await db.run(`create table moves as
    select a.*, not coalesce(list_has_any(b.organisations, [a.organisation_code, 'Z6M2S']), false) as gone
    from (select *, last_day(period_end + interval 1 month) as next_end from support where period_end < date '2026-03-31') a
    left join (select period_end, person_id, list(organisation_code) as organisations from workforce group by all) b
      on b.period_end = a.next_end and b.person_id = a.person_id`);
});

afterAll(() => rmSync(out, { recursive: true }));

test('48 months give 49 snapshots, 24,000 people and at least 210 organisations of four nations', async () => {
  expect(await number('select count(distinct period_end) from workforce')).toBe(49);
  expect(await number('select count(distinct person_id) from workforce')).toBe(24_000);
  expect(await number('select count(distinct organisation_code) from workforce')).toBeGreaterThanOrEqual(210);
  expect(await number('select count(distinct person_id) from support')).toBeGreaterThan(15_000);
  expect(await rows('select distinct nation from support')).toHaveLength(4);
});

test('a person and month have one row per assignment and never more than two', async () => {
  expect(await rows('select 1 from workforce group by period_end, assignment_id having count(*) > 1')).toEqual([]);
  expect(await rows('select 1 from workforce group by period_end, person_id having count(*) > 2')).toEqual([]);
});

test('every code of every file is in the code lists', async () => {
  const missing = async (table: string, column: string, list: string, key = 'code') =>
    rows(
      `select distinct ${column} from ${table} where ${column} is not null and ${column} not in (select ${key} from ${list} where ${key} is not null)`,
    );
  expect(await missing('workforce', 'occupation_code', 'ref_occupation_code')).toEqual([]);
  expect(await missing('workforce', 'band', 'ref_band', 'source_value')).toEqual([]);
  expect(await missing('workforce', 'ethnic_group', 'ref_ethnic_group', 'source_value')).toEqual([]);
  expect(await missing('organisation', 'system', 'ref_system')).toEqual([]);
  expect(await missing('organisation', 'region', 'ref_region')).toEqual([]);
  expect(await missing('retention', 'leaving_reason', 'ref_leaving_reason')).toEqual([]);
  expect(await missing('retention', 'destination', 'ref_destination')).toEqual([]);
  expect(await missing('training', 'standard_code', 'ref_apprenticeship_standard')).toEqual([]);
  expect(await missing('establishment', 'profession', 'ref_profession')).toEqual([]);
  expect(await missing('plan', 'profession', 'ref_profession')).toEqual([]);
  for (const table of ['workforce', 'training', 'retention', 'establishment', 'plan'])
    expect(await missing(table, 'organisation_code', 'organisation')).toEqual([]);
});

test('values are those of the contract', async () => {
  const values = async (table: string, column: string) =>
    (await rows(`select distinct ${column} as v from ${table} where ${column} is not null order by 1`)).map(
      (row) => row['v'],
    );
  expect(await values('workforce', 'assignment_status')).toEqual(['acting_up', 'active', 'career_break', 'external_secondment', 'internal_secondment', 'maternity', 'suspended']); // prettier-ignore
  expect(await values('workforce', 'contract_type')).toEqual(['bank', 'fixed_term', 'honorary', 'locum', 'permanent']);
  expect(await values('workforce', 'stage')).toEqual([
    'assistant_practitioner',
    'senior_support_worker',
    'support_worker',
  ]);
  expect(await values('workforce', 'apprentice')).toEqual(['N', 'Y']);
  expect(await values('workforce', 'sex')).toEqual(['female', 'male']);
  expect(await values('workforce', 'disability')).toEqual(['no', 'yes']);
  expect(await values('workforce', 'age_band')).toEqual(['25_34', '35_44', '45_54', '55_64', '65_over', 'under_25']);
  expect(await values('training', 'activity')).toEqual(['appraisal', 'apprenticeship', 'career_conversation', 'cpd', 'framework_domain', 'mandatory_training', 'pdp', 'supervision']); // prettier-ignore
  expect(await values('training', 'outcome')).toEqual(['achieved', 'completed', 'in_learning', 'started', 'withdrawn']);
  expect(await number('select max(contracted_fte) from workforce')).toBeLessThanOrEqual(2);
});

test('dates are in the months they belong to', async () => {
  expect(
    await rows(
      'select 1 from workforce where period_end <> last_day(period_end) or organisation_start_date > period_end',
    ),
  ).toEqual([]);
  expect(
    await number(`select count(*) from training where event_date not between date '2021-04-01' and date '2026-03-31'`),
  ).toBe(0);
  expect(
    await number(
      `select count(*) from retention where leaving_date not between date '2022-04-01' and date '2026-03-31'`,
    ),
  ).toBe(0);
  expect(await number(`select count(distinct year(event_date)) from training`)).toBe(6);
});

test('an organisation appears only while it is valid', async () => {
  expect(
    await rows(`select distinct organisation_code from workforce w where not exists (select 1 from organisation o where o.code = w.organisation_code
      and w.period_end between coalesce(cast(o.valid_from as date), date '1900-01-01') and coalesce(cast(o.valid_to as date), date '9999-12-31'))`),
  ).toEqual([]);
});

test('the true headcounts are those of the rows', async () => {
  const counted = await rows(
    'select cast(period_end as varchar) as d, count(*)::integer as n from support group by 1 order by 1',
  );
  expect(counted.map((row) => [row['d'], row['n']])).toEqual(summary.periods.map((period) => [period.period_end, period.support_headcount])); // prettier-ignore
  const registered = await number(`select count(*) from main join ref_occupation_code o on o.code = occupation_code where o.kind = 'registered' and period_end = date '2026-03-31'`); // prettier-ignore
  expect(registered).toBe(summary.periods.at(-1)!.registered_headcount);
});

test('the true flows balance: start and everyone in, less everyone out, is the headcount', () => {
  for (const { flows, support_headcount } of summary.periods) {
    if (!flows) continue;
    const into = flows.start + flows.joined + flows.reactivated + flows.reclassified_in + flows.other_in;
    const outOf = flows.left + flows.went_inactive + flows.to_registered + flows.reclassified_out + flows.other_out;
    expect(into - outOf).toBe(support_headcount);
  }
});

test('true flows see the same movements as the rows', async () => {
  const registered = await number(`select count(*) from support a join main b on b.person_id = a.person_id
    and b.period_end = last_day(a.period_end + interval 1 month) join ref_occupation_code o on o.code = b.occupation_code where o.kind = 'registered'`);
  expect(registered).toBe(summary.periods.reduce((sum, period) => sum + (period.flows?.to_registered ?? 0), 0));
});

test('bands 2 to 4 hold 82.9 % of support staff within 1.5 points', async () => {
  const share = await number(`select avg((band in ('2', '3', '4'))::integer) from support`);
  expect(share).toBeGreaterThan(0.814);
  expect(share).toBeLessThan(0.844);
});

test('monthly leaver rates are 1.21 % in England within 0.1, and those of each region within 0.25', async () => {
  expect(Math.abs((await number(`select 100 * avg(gone::integer) from moves where nation = 'england'`)) - leaverRateEngland)).toBeLessThan(0.1); // prettier-ignore
  for (const row of await rows(
    `select region, 100 * avg(gone::integer) as rate from moves where nation = 'england' group by 1`,
  ))
    expect(Math.abs(Number(row['rate']) - leaverRate[String(row['region'])]!)).toBeLessThan(0.25);
});

test('staff who are not White are 18.9 % of known in England within 1.5 points, fewest in band 4 of the ladder', async () => {
  const share = (where: string) =>
    number(
      `select 100 * avg((ethnic <> 'white')::integer) from support where nation = 'england' and ethnic <> 'unknown' and ${where}`,
    );
  expect(Math.abs((await share('true')) - 18.93)).toBeLessThan(1.5);
  expect(await share(`band = '4'`)).toBeLessThan((await share(`band = '2'`)) + 0.5);
});

test('unknown and minority shares are as stated', async () => {
  const between = async (sql: string, low: number, high: number) => {
    const value = await number(`select avg((${sql})::integer) from support`);
    expect(value).toBeGreaterThan(low);
    expect(value).toBeLessThan(high);
  };
  await between(`ethnic = 'unknown'`, 0.03, 0.05);
  await between(`sex = 'female'`, 0.81, 0.85);
  await between(`disability = 'yes'`, 0.03, 0.055);
  await between(`disability is null`, 0.1, 0.14);
  await between(`contracted_fte = 1`, 0.48, 0.65);
  await between(`stage is null`, 0.2, 0.55);
});

test('one person in twenty has two posts at a time', async () => {
  const share = await number('select avg((n > 1)::integer) from (select count(*) as n from workforce group by period_end, person_id)'); // prettier-ignore
  expect(share).toBeGreaterThan(0.04);
  expect(share).toBeLessThan(0.06);
});

test('a few organisations have 250 AHP support staff and most have fewer than 60', async () => {
  const sizes = (await rows(`select count(*)::integer as n from support where period_end = date '2026-03-31' group by organisation_code order by n desc`)).map((row) => Number(row['n'])); // prettier-ignore
  expect(sizes.filter((size) => size >= 250).length).toBeGreaterThanOrEqual(1);
  expect(sizes[Math.floor(sizes.length / 2)]).toBeGreaterThan(20);
  expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThan(60);
});

test('four in five have an appraisal in a year and half a career conversation', async () => {
  const rate = (activity: string) =>
    number(`select avg((person_id in (select person_id from training where activity = '${activity}'
      and event_date > date '2024-03-31' and event_date <= date '2025-03-31'))::integer)
      from support s where s.period_end = date '2025-03-31' and s.organisation_start_date < date '2024-03-01'`);
  expect(Math.abs((await rate('appraisal')) - 0.79)).toBeLessThan(0.06);
  expect(Math.abs((await rate('career_conversation')) - 0.48)).toBeLessThan(0.06);
});

test('apprenticeships start, end in achievement or withdrawal, and lead some to registration', async () => {
  const outcomes = Object.fromEntries((await rows(`select outcome, count(*)::integer as n from training where activity = 'apprenticeship' group by 1`)).map((row) => [row['outcome'], Number(row['n'])])); // prettier-ignore
  expect(outcomes['started']).toBeGreaterThan(1000);
  expect(outcomes['achieved']).toBeGreaterThan(outcomes['withdrawn']! * 0.8);
  expect(
    await rows(`select 1 from training where activity = 'apprenticeship' and (standard_code is null or level is null)`),
  ).toEqual([]);
});

const effect = (id: string) => summary.effects.find((planted) => planted.id === id)!;
const leavingRate = (organisation: string, when: string) =>
  number(`select 100 * avg(gone::integer) from moves where organisation_code = '${organisation}' and ${when}`);

test.each([
  ['leaver_shift_up', 1.6, 5],
  ['leaver_shift_up_later', 1.5, 5],
  ['leaver_improvement', 0.2, 0.65],
])('%s is in the rows: the rate after is %f to %f times the rate before', async (id, low, high) => {
  const { where, from } = effect(id);
  const before = await leavingRate(where['organisation']!, `next_end < date '${from}'`);
  const after = await leavingRate(where['organisation']!, `next_end >= date '${from}'`);
  expect(after / before).toBeGreaterThan(low);
  expect(after / before).toBeLessThan(high);
});

test('the retention outlier leaves at about twice the rate of England, every year', async () => {
  const organisation = effect('retention_outlier').where['organisation']!;
  for (const year of [2022, 2023, 2024, 2025])
    expect(await leavingRate(organisation, `year(next_end) = ${year}`)).toBeGreaterThan(1.4 * leaverRateEngland);
});

test('people who join the early-leaver employer leave within a year about twice as often', async () => {
  const { organisation } = effect('early_leavers').where;
  const [here, elsewhere] = await Promise.all(
    ['=', '<>'].map((is) =>
      number(`select avg((last_seen < last_day(started + interval 11 month))::integer) from
        (select person_id, organisation_code, any_value(organisation_start_date) as started, max(period_end) as last_seen from support
         where organisation_start_date between date '2022-04-01' and date '2025-03-31' and organisation_code ${is} '${organisation}' group by 1, 2)`),
    ),
  );
  expect(here! / elsewhere!).toBeGreaterThan(1.6);
});

test('black staff in London go up a band at about six tenths of the rate of white staff', async () => {
  const rate = (group: string) =>
    number(`select avg((b.band > a.band)::integer) from support a join support b on b.person_id = a.person_id and b.period_end = last_day(a.period_end + interval 1 month)
      where a.region = 'Y56' and a.ethnic = '${group}' and a.band in ('2', '3', '4') and b.band in ('2', '3', '4', '5')`);
  const ratio = (await rate('black')) / (await rate('white'));
  expect(ratio).toBeGreaterThan(0.35);
  expect(ratio).toBeLessThan(0.85);
});

test('disabled staff in Scotland take part in CPD at about six tenths of the rate of others', async () => {
  const rate = (disability: string) =>
    number(`select avg(((person_id, year(period_end)) in
      (select (person_id, year(event_date + interval 9 month)) from training where activity = 'cpd'))::integer)
      from support s where month(s.period_end) = 3 and s.nation = 'scotland' and s.disability = '${disability}'`);
  const ratio = (await rate('yes')) / (await rate('no'));
  expect(ratio).toBeGreaterThan(0.4);
  expect(ratio).toBeLessThan(0.8);
});

test('registration apprentices achieve more often in Scotland', async () => {
  const share = (is: string) =>
    number(`select avg((outcome = 'achieved')::integer) from training t join ref_apprenticeship_standard s on s.code = t.standard_code
      join (select distinct code, nation from organisation) o on o.code = t.organisation_code
      where t.outcome in ('achieved', 'withdrawn') and s.route = 'registration' and o.nation ${is} 'scotland'`);
  expect((await share('=')) - (await share('<>'))).toBeGreaterThan(0.15);
});

test('the miscoding wave takes occupational therapy staff out for one quarter and back', async () => {
  const { where, from, until } = effect('miscoding_wave');
  const therapy = (date: string) =>
    number(
      `select count(*) from workforce where organisation_code = '${where['organisation']}' and occupation_code in ('S5C', 'S9C') and period_end = ${date}`,
    );
  const before = await therapy(`date '${from}' - interval 1 month`);
  const during = await therapy(`date '${from}'`);
  const after = await therapy(`date '${until}'`);
  expect(during).toBeLessThan(before * 0.4);
  expect(after).toBeGreaterThan(before * 0.8);
});

test('the merger moves everyone on one day with their assignments', async () => {
  const { where, from } = effect('merger');
  const old = where['old_organisations']!.split(' ');
  const list = old.map((code) => `'${code}'`).join(', ');
  expect(
    await number(
      `select count(*) from workforce where organisation_code in (${list}) and period_end >= date '${from}'`,
    ),
  ).toBe(0);
  const kept = await number(`select avg((b.assignment_id is not null)::integer) from workforce a left join workforce b
    on b.assignment_id = a.assignment_id and b.organisation_code = '${where['organisation']}' and b.period_end = last_day(a.period_end + interval 1 month)
    where a.organisation_code in (${list}) and a.period_end = date '${from}' - interval 1 day`);
  expect(kept).toBeGreaterThan(0.95);
});

test('every planted effect is large enough to be found', () => {
  expect(summary.effects.filter((planted) => !planted.detectable)).toEqual([]);
});
