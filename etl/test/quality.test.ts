import { mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { BuildReport } from '../src/commands/build.ts';
import type { QualityEntry, QualityReport } from '../src/releases/quality.ts';
import { etl } from './etl.ts';

const folder = mkdtempSync(join(tmpdir(), 'quality-'));
const [extracts, data] = [join(folder, 'extracts'), join(folder, 'data')];
const last = 'workforce-2026-03-synthetic.csv';
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let built: BuildReport;

/** Changes a value of a row (line 2 is the first) of the last month. */
function change(rows: string[], line: number, column: string, value: string): void {
  const at = rows[0]!.split(',').indexOf(column);
  rows[line - 1] = rows[line - 1]!.split(',').with(at, value).join(',');
}

beforeAll(async () => {
  await etl(['sample', '--people', '150', '--months', '3', '--seed', '1', '--out', extracts]);
  const rows = readFileSync(join(extracts, last), 'utf8').split('\n');
  change(rows, 2, 'organisation_code', 'XX9');
  change(rows, 3, 'band', '99');
  change(rows, 3, 'contracted_fte', '1e0');
  for (const line of [4, 5]) change(rows, line, 'occupation_code', 'S9Q');
  change(rows, 6, 'occupation_code', 'S9W');
  for (const line of [4, 5, 6]) change(rows, line, 'contract_type', 'permanent');
  writeFileSync(join(extracts, last), rows.join('\n'));
  writeFileSync(
    join(extracts, 'overrides.csv'),
    `occupation_code,organisation_code,use_code,reason,decided_by
S9Q,,S9E,a slip for S9E,Workforce information
S9V,,S9Y,not a code at all,Workforce information
`,
  );
  writeFileSync(join(extracts, 'notes.docx'), 'x');
  const { out, err, code } = await etl(['build', '--extracts', extracts, '--data', data, '--json']);
  expect(code, err).toBe(0);
  built = JSON.parse(out) as typeof built;
});

const listOf = (name: string) =>
  parse(readFileSync(join(data, 'reports', '1.0.0', name), 'utf8'), { columns: true }) as Record<string, string>[];
const report = async () =>
  JSON.parse((await etl(['releases', 'quality', '--data', data, '--json'])).out) as QualityReport;

test('a row with an organisation that no list knows is quarantined, counted with its file, and the accounts still balance', () => {
  const input = built.inputs.find(({ file }) => file === last)!;
  expect(input.quarantined).toBe(2);
  expect(input.read).toBe(input.loaded + 2);
  expect(built.inputs.find(({ file }) => file === 'overrides.csv')).toMatchObject({
    read: 2,
    loaded: 1,
    quarantined: 1,
  });
  expect(built.rows).toMatchObject({ read: built.rows.loaded + 3, quarantined: 3 });
  expect(built.checks.find(({ id }) => id === 'nothing_lost')).toMatchObject({ passed: true });
});

test('every quarantined row is listed with file, line, column, reason and the shape of its value', () => {
  expect(listOf('quarantine.csv').filter(({ file }) => file === last)).toMatchObject([
    { file: last, extract: 'workforce', line: '2', column: 'organisation_code', masked_value: 'XX9' },
    { line: '3', column: 'band', reason: 'is not in the code list', masked_value: '99' },
    { line: '3', column: 'contracted_fte', reason: 'is not a number with at most 5 decimals', masked_value: '9x9' },
  ]);
});

test('the lists of an operator are readable by their owner alone', () => {
  expect(statSync(join(data, 'reports')).mode & 0o777).toBe(0o700);
  for (const name of ['quarantine.csv', 'miscoding.csv', 'unknown.csv', 'uniqueness.csv', 'overrides.csv'])
    expect(statSync(join(data, 'reports', '1.0.0', name)).mode & 0o777).toBe(0o600);
});

test('the rule of each nation for what is not counted is told with where it is from', async () => {
  const rules = (await report()).entries.filter(({ section }) => section === 'eligibility');
  expect(rules.map(({ area, item }) => [area, item]).sort()).toEqual([
    ['england', 'bank and honorary contracts, posts of 0 FTE'],
    ['northern_ireland', 'bank and honorary contracts, posts below 0.03 FTE'],
    ['scotland', 'bank and honorary contracts, posts of 0 FTE'],
    ['wales', 'bank and honorary contracts, posts of 0 FTE'],
  ]);
  expect(rules.find(({ area }) => area === 'northern_ireland')?.note).toContain('HSC workforce census');
});

test('an override is applied, logged with who decided it, and told to everybody without that', async () => {
  const log = listOf('overrides.csv');
  expect(log.reduce((sum, { posts }) => sum + Number(posts), 0)).toBe(2);
  expect(log[0]).toMatchObject({ sent_code: 'S9Q', use_code: 'S9E', decided_by: 'Workforce information' });
  const told = (await report()).entries.filter(({ section }) => section === 'override');
  expect(told).toMatchObject([{ item: 'S9Q read as S9E', note: 'a slip for S9E', value: null }]);
  expect(JSON.stringify(built.quality)).not.toContain('Workforce information');
});

test('codes that do not fit are a list for the operator and a share for everybody', async () => {
  const unknown = listOf('miscoding.csv').filter(({ problem }) => problem === 'code in no list');
  expect(unknown).toMatchObject([{ occupation_code: 'S9W', posts: '1' }]);
  const share = (await report()).entries.find(({ item }) => item === 'occupation code in no list')!;
  expect(share).toMatchObject({ section: 'miscoding', unit: 'share' });
  expect(share.value).toBeGreaterThan(0);
});

test('what an organisation does not record is a list for the operator, the largest share first', () => {
  const list = listOf('unknown.csv');
  const shares = list.map(({ share }) => Number(share));
  expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  for (const { unknown, people, share, month } of list) {
    expect(Number(unknown) / Number(people)).toBeCloseTo(Number(share), 3);
    expect(month).toMatch(/^2026-0[1-3]-/);
  }
  expect(new Set(list.map(({ characteristic }) => characteristic))).toContain('disability');
});

test('the report says why rows were quarantined, in the release, in JSON and on the terminal', async () => {
  const reasons = (entries: QualityEntry[]) =>
    entries.filter(({ section }) => section === 'rejects').map(({ item, value }) => [item.slice(0, 30), value]);
  const expected = [
    ['band is not in the code list', 1],
    ['contracted_fte is not a number', 1],
    ['organisation_code is in no list', 1],
    ['use_code is in no list of occupa', 1],
  ].map(([item, value]) => [String(item).slice(0, 30), value]);
  expect(reasons(built.quality).sort()).toEqual(expected);
  expect(reasons((await report()).entries).sort()).toEqual(expected);
  const { out, code } = await etl(['releases', 'quality', '--data', data]);
  expect(code).toBe(0);
  for (const words of [
    'Rows quarantined, by reason',
    'To look into: miscoding 1',
    'The latest month of people is 2026-03, ',
    `Row by row, for the operator alone: ${join(data, 'reports', '1.0.0')}`,
    `${last}: 2 of`,
    '1 rows  band is not in the code list (workforce, 1 of 4 files)',
    'S9Q read as S9E (a slip for S9E)',
    'Coverage, by organisation',
    'Staleness',
    'Not recorded',
  ])
    expect(out).toContain(words);
});

test('a build tells on the terminal what was quarantined, what was left alone and where the lists are', async () => {
  const { out } = await etl(['build', '--extracts', extracts, '--data', data, '--title', 'Again']);
  expect(out).toContain('notes.docx is left alone: it is no extract.');
  expect(out).toContain('rejects   4 reasons');
  expect(out).toContain(join(data, 'reports', '1.0.1'));
});

test('check shows every reason with its first line and can write the rows', async () => {
  const path = join(folder, 'rejects.csv');
  const { out, code } = await etl(['check', join(extracts, last), '--rejects', path]);
  expect(code).toBe(0);
  expect(out).toContain('“band” is not in the code list: 1 row, first on line 3');
  expect(readFileSync(path, 'utf8').split('\n')[1]).toBe(`${last},3,band,is not in the code list,99,99`);
});

test('how far people stand out is counted by organisation for the operator, and told to everybody in shares of 5 %', async () => {
  const list = listOf('uniqueness.csv');
  expect(list[0]).toMatchObject({ by: 'age_band', organisation: '' });
  const [all] = list.filter(({ by, organisation }) => by === 'all' && organisation === '');
  expect(Number(all!.people)).toBeGreaterThan(100);
  expect(list.filter(({ organisation }) => organisation !== '').length).toBeGreaterThan(20);
  const told = (await report()).entries.filter(({ section }) => section === 'uniqueness');
  const expected = [all!.only_one, all!.one_of_two, all!.under_five].map((n) => Number(n) / Number(all!.people));
  expect(told).toHaveLength(3);
  for (const { area, value } of told) {
    expect(area).toBeNull();
    expect(value! * 20).toBeCloseTo(Math.round(value! * 20), 9);
    expect(Math.min(...expected.map((share) => Math.abs(share - value!)))).toBeLessThanOrEqual(0.025);
  }
});

test('people who stand out beyond the limit of the operator stop a check and a build, and the release before stays', async () => {
  const before = (await etl(['releases', 'current', '--data', data])).out;
  const checked = await etl([
    'check',
    join(extracts, 'workforce-2026-02-synthetic.csv'),
    '--unique-limit',
    '50',
    '--json',
  ]);
  expect(checked.code).toBe(1);
  expect(JSON.parse(checked.out).refusals).toMatchObject([
    {
      code: 'too_unique',
      problem: expect.stringContaining('the limit is 50 %. What singles people out: organisation,'),
    },
  ]);
  const built = await etl(['build', '--extracts', extracts, '--data', data], { env: { AHP_UNIQUE_LIMIT: '50' } });
  expect(built.code).toBe(1);
  expect(built.err).toMatch(
    /people are the only one with their organisation, occupation, band and \w+.*; the limit is 50 %/,
  );
  expect(built.err).toContain('Most of them are in ');
  expect(built.err).toContain('set another limit (--unique-limit 90)');
  expect((await etl(['releases', 'current', '--data', data])).out).toBe(before);
  expect((await etl(['check', join(extracts, last), '--unique-limit', '0'])).code).toBe(2);
});

test('ages in years are not taken: neither in the place of age bands nor beside them', async () => {
  const rows = readFileSync(join(extracts, 'workforce-2026-02-synthetic.csv'), 'utf8').trimEnd().split('\n');
  const at = rows[0]!.split(',').indexOf('age_band');
  const path = join(folder, 'ages.csv');
  const check = async (lines: string[]) => {
    writeFileSync(path, `${lines.join('\n')}\n`);
    return JSON.parse((await etl(['check', path, '--json'])).out);
  };
  const inPlace = rows.map((row, i) => (i === 0 ? row : row.split(',').with(at, '43').join(',')));
  expect((await check(inPlace)).refusals).toMatchObject([{ code: 'words', column: 'age_band' }]);
  const beside = rows.map((row, i) => `${row},${i === 0 ? 'age' : 43}`);
  expect((await check(beside)).refusals).toMatchObject([{ code: 'header', column: 'age' }]);
});

test('a damaged workbook in the folder is refused with what to do, and nothing is built', async () => {
  writeFileSync(join(extracts, 'workforce.xlsx'), 'PK');
  const { err, code } = await etl(['build', '--extracts', extracts, '--data', data]);
  rmSync(join(extracts, 'workforce.xlsx'));
  expect(code).toBe(1);
  expect(err).toContain('workforce.xlsx: The file is not readable as a workbook');
  expect(err).toContain('Save the sheet as “CSV UTF-8”');
});

describe('a build is refused', () => {
  const other = join(folder, 'other');
  const [before, after] = ['workforce-2026-02-synthetic.csv', 'workforce-2026-03-synthetic.csv'].map((name) =>
    join(other, name),
  ) as [string, string];
  const build = (...more: string[]) =>
    etl(['build', '--extracts', other, '--data', join(folder, 'none'), '--dry-run', '--json', ...more]);
  beforeAll(async () => {
    await etl(['sample', '--people', '150', '--months', '3', '--seed', '1', '--out', other]);
  });

  test('when people have other pseudonyms than before, unless --new-people says that they are others, which is told, as is a month that nobody sent', async () => {
    const sent = readFileSync(after, 'utf8');
    const code = sent
      .split('\n')
      .map((row) => row.split(',')[3]!)
      .find((one) => /^Z/.test(one))!;
    const others = sent.split('\n').filter((row) => row.split(',')[3] !== code);
    writeFileSync(after, others.join('\n').replaceAll(/,P([0-9A-F]{8})/g, ',Q$1'));
    const refused = await build();
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.err + refused.out).toContain('--new-people');
    const missing = join(other, 'workforce-2026-01-synthetic.csv');
    renameSync(missing, join(folder, 'missing.csv'));
    const accepted = JSON.parse((await build('--new-people')).out) as typeof built;
    renameSync(join(folder, 'missing.csv'), missing);
    const silent = accepted.quality.filter(({ section, value }) => section === 'reporting' && value === 0);
    expect(new Set(silent.map(({ period_end }) => period_end))).toEqual(new Set(['2026-01-31']));
    expect(silent[0]).toMatchObject({ alert: true, note: 'no workforce extract tells of this month' });
    const fallen = accepted.quality.filter(
      ({ section, note }) => section === 'reporting' && note?.startsWith('without'),
    );
    expect(fallen).toMatchObject([{ area: 'england', period_end: '2026-03-31', alert: true, note: `without ${code}` }]);
    expect(accepted.quality.filter(({ item }) => item === 'people seen again')).not.toEqual([]);
    writeFileSync(after, sent);
  });

  test('when most rows of a file cannot be taken, with the file, how many and why', async () => {
    const sent = readFileSync(after, 'utf8');
    writeFileSync(after, sent.replaceAll(',permanent,', ',for ever,'));
    const { code, err, out } = await build();
    writeFileSync(after, sent);
    expect(code).toBe(1);
    expect(err + out).toMatch(
      /workforce-2026-03-synthetic\.csv: \d+ of \d+ rows are quarantined, mostly: “contract_type” is not in the code list\./,
    );
  });

  test('when no list knows the organisations: no release without people takes the place of one', async () => {
    renameSync(join(other, 'organisations-synthetic.csv'), join(folder, 'organisations.csv'));
    const { code, err, out } = await build();
    renameSync(join(folder, 'organisations.csv'), join(other, 'organisations-synthetic.csv'));
    expect(code).toBe(1);
    expect(err + out).toContain(
      'mostly: “organisation_code” is in no list of organisations: send an organisations file',
    );
  });

  test('when people of the sample lie beside real ones', async () => {
    renameSync(before, join(other, 'trust-february.csv'));
    const refused = await build();
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.err + refused.out).toContain(
      'People of the synthetic sample would be counted with those of trust-february.csv',
    );
  });
});
