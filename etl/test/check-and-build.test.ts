import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { sharedData } from '@ahp/sql/shared-data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from '../src/build.ts';
import { checkExtracts } from '../src/check-extracts.ts';
import { parseSecret } from '../src/disclosure/secret.ts';
import { Progress } from '../src/progress.ts';
import { Refusal } from '../src/refusal.ts';
import { etl, testSecret } from './etl.ts';

const folder = mkdtempSync(join(tmpdir(), 'check-and-build-'));
const sample = join(folder, 'sample');
const progress = new Progress({ quiet: true });
const memory = '400MB';
let count = 0;

beforeAll(() => etl(['sample', '--people', '150', '--months', '2', '--seed', '1', '--out', sample]));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const codeOf = (error: unknown) => {
  if (!(error instanceof Refusal)) throw error;
  return error.code;
};

/** Why check and build refuse the same paths: the codes of check, and that of build; empty and null where they take them. */
async function verdicts(paths: string[]): Promise<{ checked: string[]; built: string | null }> {
  const data = join(folder, `data-${(count += 1)}`);
  const secret = () => parseSecret(testSecret.AHP_SECRET, 'AHP_SECRET');
  const checked = await checkExtracts({ files: paths, data, memory, progress, secret }).then(
    ({ refusals }) => refusals.map(({ code }) => code),
    (error: unknown) => [codeOf(error)],
  );
  const built = await build({
    extracts: paths,
    data,
    memory,
    progress,
    secret,
    title: 'x',
    by: 'x',
    dryRun: true,
    audit: async () => [],
  }).then(() => null, codeOf);
  return { checked, built };
}

/** A copy of the sample in which one file is another, or gone. */
function sampleWith(change: (files: Record<string, string>) => void): string {
  const copy = join(folder, `extracts-${(count += 1)}`);
  const files = Object.fromEntries(
    readdirSync(sample)
      .filter((name) => name.endsWith('.csv'))
      .map((name) => [name, readFileSync(join(sample, name), 'utf8')]),
  );
  change(files);
  mkdirSync(copy);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(copy, name), text);
  return copy;
}

const last = 'workforce-2026-03-synthetic.csv';
const only = (files: Record<string, string>, which: RegExp) => {
  for (const name of Object.keys(files)) if (!which.test(name)) delete files[name];
};
const damages: Record<string, (files: Record<string, string>) => void> = {
  'as it is': () => {},
  'a comma at the end of every row': (files) =>
    (files[last] = files[last]!.replaceAll(/(?<=\n.*)$/gm, ',').replace(/,$/, '')),
  'a header and no rows': (files) => (files[last] = files[last]!.slice(0, files[last]!.indexOf('\n') + 1)),
  'the same rows under two names': (files) => (files['again-synthetic.csv'] = files[last]!.replaceAll('\n', '\r\n')),
  'other people in the second month': (files) => (files[last] = files[last]!.replaceAll(/,P([0-9A-F]{8})/g, ',Q$1')),
  'no list of organisations': (files) => delete files['organisations-synthetic.csv'],
  'no staff': (files) => only(files, /training|organisations/),
  'a list of organisations alone': (files) => only(files, /organisations/),
  'three rows, none of them good': (files) => {
    only(files, /organisations|workforce-2026-03/);
    files[last] = files[last]!.split('\n').slice(0, 4).join('\n').replaceAll('2026-03-31', '2026-03-30') + '\n';
  },
  'one person in one month': (files) => {
    only(files, /organisations|workforce-2026-03/);
    files[last] = files[last]!.split('\n').slice(0, 2).join('\n') + '\n';
  },
  'people of the sample beside real ones': (files) =>
    (files['workforce.csv'] = files[last]!.replaceAll(/P([0-9A-F]{8})/g, 'Q$1')),
  'a text that is no extract': (files) => (files['notes.txt'] = 'Dear all,\nplease find attached.\n'),
  nothing: (files) => only(files, /nothing/),
};

test.each(Object.keys(damages))('check and build agree on a folder: %s', async (name) => {
  const { checked, built } = await verdicts([sampleWith(damages[name]!)]);
  expect(checked.length > 0, JSON.stringify({ checked, built })).toBe(built !== null);
});

const operators = sharedData('cases/operators');
const cases = operators === null ? [] : readdirSync(operators).map((name) => join(operators, name));
const contradiction = sharedData('cases/check-contradicts-build/trailing-comma.csv');
describe.skipIf(operators === null)('the files that operators sent', () => {
  test.each([...cases, contradiction!].map((path) => [basename(path), path]))(
    'check and build agree on %s',
    async (name, path) => {
      const { checked, built } = await verdicts([path]);
      expect(checked.length > 0, JSON.stringify({ checked, built })).toBe(built !== null);
    },
  );

  test('a file of which no row can be taken is refused by itself too, and the exit code says so', async () => {
    const { refusals } = await checkExtracts({ files: [contradiction!], memory, progress });
    expect(refusals.map(({ code }) => code)).toEqual(['mostly_quarantined']);
    const { out, code } = await etl(['check', contradiction!]);
    expect(out).toContain('A build would refuse this, for 1 reason.');
    expect(code).toBe(1);
  });
});

test('rows in quarantine that a build leaves out are told, and the exit code is that of a build', async () => {
  const path = join(
    sampleWith((files) => (files[last] = files[last]!.replace('2026-03-31', '2026-03-30'))),
    last,
  );
  const { out, code } = await etl(['check', path]);
  expect(out).toContain('A build would take this, without the row in quarantine.');
  expect(code).toBe(0);
});

test('a build without a secret is refused before its files are read, and check says the same of the data folder', async () => {
  const extracts = sampleWith((files) => {
    for (const name of Object.keys(files)) {
      files[name.replace('-synthetic', '')] = files[name]!;
      delete files[name];
    }
  });
  const data = join(folder, 'no-secret');
  const env = { AHP_SECRET: '' };
  const built = await etl(['build', '--extracts', extracts, '--data', data], { env });
  expect(built.code).toBe(1);
  expect(built.err).toContain('no secret is set');
  expect(built.err).not.toMatch(/^ check /m);
  const checked = await etl(['check', extracts, '--data', data], { env });
  expect(checked.code).toBe(1);
  expect(checked.out).toContain('no secret is set');
});
