import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditExisting } from '../src/auditor/audit.ts';
import { attacks } from '../src/auditor/attacks/index.ts';
import type { Outcome } from '../src/auditor/attack.ts';
import type { Report } from '../src/auditor/report.ts';
import { parseSecret } from '../src/disclosure/secret.ts';
import { readSecret } from '../src/disclosure/secret-file.ts';
import { Progress } from '../src/progress.ts';
import { currentVersion } from '../src/releases/folder.ts';
import { privateFolder } from '../src/releases/private-part.ts';
import { verifyRelease } from '../src/releases/verify.ts';
import { etl, testSecret } from './etl.ts';
import { attackWeakened } from './weakened.ts';

const folder = mkdtempSync(join(tmpdir(), 'audit-'));
const data = join(folder, 'data');
const secretOf = (source: string) => {
  const file = join(source, 'secret');
  return existsSync(file) ? readSecret({ file }) : parseSecret(testSecret.AHP_SECRET, 'the tests');
};

/** A release of 6,000 people and two years, made here; that of AHP_AUDIT_DATA where it is set (`npm run test:deep`: the default sample). */
async function sample(): Promise<string> {
  if (process.env.AHP_AUDIT_DATA) return process.env.AHP_AUDIT_DATA;
  const made = join(folder, 'made');
  const extracts = join(made, 'extracts');
  for (const argv of [
    ['sample', '--people', '6000', '--months', '24', '--seed', '4711', '--out', extracts],
    ['build', '--extracts', extracts, '--data', made],
  ]) {
    const { code, out, err } = await etl(argv);
    if (code !== 0) throw new Error(`${out}${err}`);
  }
  return made;
}

let version: string;
let report: Report;
let weakened: Record<string, Outcome>;
beforeAll(async () => {
  const source = await sample();
  version = currentVersion(source)!;
  // The report goes into the private part, so this is a copy; what others read stays as it is.
  for (const part of ['releases', 'private']) cpSync(join(source, part), join(data, part), { recursive: true });
  symlinkSync(join(source, 'received'), join(data, 'received'));
  report = await auditExisting({
    data,
    version,
    extracts: [join(source, 'extracts')],
    attacks,
    memory: '1500MB',
    secret: () => secretOf(source),
    progress: new Progress({ quiet: true }),
    effort: 'brief',
    also: async (built) => {
      weakened = await attackWeakened(built);
    },
  });
}, 1_800_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the release withstands', () => {
  test.each(attacks.map(({ number, title }) => ({ number, title })))('attack $number: $title', ({ number }) => {
    const result = report.attacks.find((attack) => attack.number === number)!;
    expect(result.passed, result.figure).toBe(true);
    expect(result.figure).not.toMatch(/broke down|too few/);
  });

  test('all of them, numbered from 1 on', () => {
    expect(attacks.map(({ number }) => number)).toEqual(attacks.map((_, k) => k + 1));
    expect(new Set(attacks.map(({ id }) => id)).size).toBe(attacks.length);
    expect(report.passed).toBe(true);
  });
});

describe('the report', () => {
  test('is kept in the private part of the release, which stays whole', async () => {
    const kept = JSON.parse(readFileSync(join(privateFolder(data, version), 'audit.json'), 'utf8')) as Report;
    expect(kept).toEqual(report);
    expect(await verifyRelease(data, version)).toEqual([]);
  });

  test('says what protection costs, by audience and kind of place', () => {
    const { counts, leaverRates, publishedCells } = report.utility!;
    expect(Object.keys(publishedCells)).toEqual(['public', 'trusted']);
    expect([...new Set(counts.map(({ level }) => level))]).toEqual([
      'uk',
      'nation',
      'region',
      'system',
      'organisation',
    ]);
    // Noise of standard deviation 2.5 has a median size of about 1.7 people, wherever counts are large.
    const nations = counts.find((row) => row.audience === 'public' && row.level === 'region' && row.dimensions === 1)!;
    expect(nations.medianError).toBeGreaterThanOrEqual(1);
    expect(nations.medianError).toBeLessThanOrEqual(3);
    const shown = leaverRates.find(
      (row) => row.audience === 'public' && row.level === 'organisation' && row.set === 'profession',
    )!;
    expect(shown.shown).toBeGreaterThan(0);
    expect(shown.shown).toBeLessThan(shown.rates);
  });

  test('leaves no truth behind in the data folder', () => {
    expect(existsSync(join(data, 'releases', version, 'workshop.duckdb'))).toBe(false);
    expect(readFileSync(join(privateFolder(data, version), 'audit.json'), 'utf8')).not.toMatch(
      /person_id|record_key|\bn\b"/,
    );
  });
});

describe('the auditor has teeth:', () => {
  test.each([
    ['keys that persist over periods give a mover away', 'one mover, keys kept'],
    ['keys that persist over periods are seen in the lattice', 'noise audit, keys kept'],
    ['a second draw of noise for the same people is seen in the lattice', 'noise audit, own keys for each tally'],
    [
      'organisations in detail by quarter, under three names, are averaged away',
      'averaging, own keys and detail by quarter',
    ],
    ['js = 0 is not what was promised', 'p-table facts, js 0'],
    ['js = 0 publishes counts of 1 to 4', 'attribute disclosure, js 0'],
    ['less noise is seen by differencing', 'differencing, V 1'],
    ['perturbed unions are averaged away', 'union averaging, unions perturbed'],
    ['groups that are all alike are given away', 'homogeneous groups, nothing withheld'],
    ['a second draw of the truth tells more than one', 'most probable, two draws from the truth'],
    ['exact counts are reconstructed', 'joint reconstruction, exact'],
    ['a total that is exact gives its parts away', 'total minus parts, exact'],
  ])('%s', (_, name) => {
    expect(weakened[name]!.passed, weakened[name]!.figure).toBe(false);
    expect(weakened[name]!.figure).not.toMatch(/broke down|too few/);
  });
});
