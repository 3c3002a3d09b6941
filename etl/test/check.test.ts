import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { etl, startEtl } from './etl.ts';

const folder = mkdtempSync(join(tmpdir(), 'check-'));
const [extracts, data, temporary] = ['extracts', 'data', 'temporary'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
const last = join(extracts, 'workforce-2026-03-synthetic.csv');
const second = join(extracts, 'workforce-2026-03-again-synthetic.csv');
const env = { TMPDIR: temporary };
const check = (...more: string[]) => etl(['check', ...more], { env });
const build = (...more: string[]) => etl(['build', '--extracts', extracts, '--data', data, '--dry-run', ...more]);
let sent: string;

beforeAll(async () => {
  mkdirSync(temporary);
  await etl(['sample', '--people', '150', '--months', '3', '--seed', '1', '--out', extracts]);
  sent = readFileSync(last, 'utf8');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a folder that a build takes is taken, with the files, their rows and the sum of them, and nothing is left behind', async () => {
  const { out, code } = await check(extracts, '--data', data);
  expect(code, out).toBe(0);
  expect(out).toContain('workforce-2026-03-synthetic.csv: workforce, layout contract: ');
  expect(out).toContain('Not in 4 workforce files: organisation_end_date, sexual_orientation, religion.');
  expect(out).toMatch(/[\d,]+ rows read = [\d,]+ loaded \+ 0 quarantined\.\nA build would take this\.$/m);
  expect(out).toContain(`There is no release in ${data} to compare with.`);
  expect(readdirSync(temporary)).toEqual([]);
  expect(existsSync(data)).toBe(false);
});

test('all that a build would refuse of the files together is told at once, in the words of the build', async () => {
  const [header, first, ...rows] = sent.replaceAll(/,P([0-9A-F]{8})/g, ',Q$1').split('\n') as [string, string];
  const at = header.split(',').indexOf('organisation_code');
  writeFileSync(last, [header, first.split(',').with(at, 'XX9').join(','), ...rows].join('\n'));
  const rejects = join(folder, 'rejects.csv');
  const checked = await check(extracts, '--unique-limit', '50', '--rejects', rejects);
  const built = await build('--unique-limit', '50');
  const json = JSON.parse((await check(extracts, '--new-people', '--json')).out);
  writeFileSync(last, sent);
  expect([checked.code, built.code]).toEqual([1, 1]);
  for (const words of [
    'people are the only one with their organisation, occupation',
    'Hardly anybody is seen again from one month to the next',
    'build with --new-people',
  ]) {
    expect(checked.out).toContain(words);
    expect(built.err).toContain(words);
  }
  expect(checked.out).toContain(
    '“organisation_code” is in no list of organisations: send an organisations file with it, or add it to sql/reference/organisation.csv: 1 row, first on line 2',
  );
  expect(checked.out).toContain('A build would refuse this, for 2 reasons.');
  expect(readFileSync(rejects, 'utf8').split('\n')[1]).toMatch(
    /^workforce-2026-03-synthetic.csv,2,organisation_code,.*XX9$/,
  );
  const result = json.results.find(({ file }: { file: string }) => last.endsWith(file));
  expect(result).toMatchObject({ quarantined: 1, loaded: result.read - 1 });
  expect(json).toMatchObject({ refusals: [], together: true, against: null });
});

test('files that tell of the same people are refused, and then nothing is said of all files together', async () => {
  for (const [again, told] of [
    [sent.replaceAll('\n', '\r\n'), /rows have the same period_end, person_id, assignment_id as rows of/],
    [sent.replaceAll(/,P([0-9A-F]{8})/g, ',Q$1'), /in all but the pseudonyms: the same people, drawn again/],
  ] as const) {
    writeFileSync(second, again);
    const [checked, built] = [await check(extracts), await build()];
    rmSync(second);
    expect([checked.code, built.code]).toEqual([1, 1]);
    expect(checked.out).toMatch(told);
    expect(built.err).toMatch(told);
    expect(checked.out).toContain('A build would refuse this, for 1 reason. Organisations, people seen again');
  }
});

test('an employer that begins or ends without a date in the list is told, with what to do', async () => {
  const header = sent.slice(0, sent.indexOf('\n'));
  const at = header.split(',').indexOf('organisation_code');
  const list = readFileSync(join(extracts, 'organisations-synthetic.csv'), 'utf8').split('\n');
  const here = (nation: string) =>
    list
      .filter((row) => row.includes(`,${nation},`))
      .map((row) => row.split(',')[0]!)
      .filter((one) => sent.includes(`,${one},`));
  const [code] = here('england') as [string];
  const gone = [code, ...here('wales')];
  const others = sent.split('\n').filter((row) => !gone.includes(row.split(',')[at]!));
  writeFileSync(last, others.join('\n'));
  const { out, code: exit } = await check(extracts);
  writeFileSync(last, sent);
  expect(exit).toBe(0);
  expect(out).toContain(`${code}: 3 of 4; silent from 2026-03 to the end: if it closed, list its closing date`);
  expect(out).toContain('wales: no organisation after 2026-02');
});

test('a file by itself is judged by itself, which is said', async () => {
  const { out, code } = await check(last);
  expect(code).toBe(0);
  expect(out).toContain('A build would take this. Organisations, people seen again and periods were not judged');
});

test('a check that is stopped leaves no row behind', async () => {
  const running = startEtl(['check', extracts], { env });
  await running.says(/receive/);
  running.child.kill('SIGTERM');
  expect((await running.ended).signal).toBe('SIGTERM');
  expect(readdirSync(temporary)).toEqual([]);
});
