import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedData, skipReason } from '@ahp/sql/shared-data';
import { everyone } from '../identity/asker.ts';
import { run } from '../../test/run.ts';
import { Releases } from '../release/releases.ts';
import type { Json } from '../../test/json.ts';

const folder = sharedData('published');
if (!folder) console.log(skipReason('published'));
const listed = (part: string, name: RegExp) =>
  readdirSync(join(folder!, part))
    .filter((file) => name.test(file))
    .map((file) => join(folder!, part, file));

// Publications print totals among their parts, and parts of years among years. Nobody who asks may get the two in one sum, or one compared with the other.
describe.skipIf(!folder)('official figures of five publications', () => {
  const home = mkdtempSync(join(tmpdir(), 'ahp-parts-'));
  let releases: Releases;

  beforeAll(async () => {
    const files = [
      ...listed('england-ethnicity', /csv$/),
      ...listed('england-sickness', /^nhs_.*csv$/),
      ...listed('england-apprenticeships', /^(subjects|apprenticeships_demo)/),
      ...listed('england-staff-survey', /csv$/),
    ];
    const args = ['etl/src/cli.ts', 'build', '--extracts', ...files, '--data', home];
    execFileSync(process.execPath, args, { cwd: new URL('../../../', import.meta.url).pathname, stdio: 'pipe' });
    releases = await Releases.once(home);
  });
  afterAll(async () => {
    await releases.close();
    rmSync(home, { recursive: true, force: true });
  });

  const answer = async (document: string) =>
    Object.values((await run(document, {}, everyone, releases)).answer.data as Record<string, Json>)[0]!;
  const apprenticeships = (args: string, figures: string) =>
    answer(`{ apprenticeships(${args}) { __typename ... on ApprenticeshipsTable { warnings { code }
      rows { period { label } sex { code } ethnicGroup { code } ${figures} } } } }`);
  const staff = async (args: string) =>
    answer(
      `{ staff(feed: "nhs_ethnicity" ${args}) { __typename ... on StaffTable { rows { headcount { value } } } } }`,
    );
  const sum = (table: Json, figure: string) =>
    table.rows.reduce((all: number, row: Json) => all + row[figure].value, 0);

  const senior = 'feed: "dfe_apprenticeships", by: [STANDARD], where: { standard: ["ST0217"] }';
  const compared = 'apprenticeshipStarts { value comparison { value difference { value } } }';

  it('leaves a part of a year out of every series of years', async () => {
    for (const period of [
      '{ last: { grain: YEAR, count: 9 } }',
      '{ range: { grain: YEAR, from: "2023-01", to: "2027-12" } }',
    ]) {
      const { rows } = await apprenticeships(`${senior}, period: ${period}`, compared);
      expect(rows.map(({ period, apprenticeshipStarts }: Json) => [period.label, apprenticeshipStarts.value])).toEqual([
        ['2022/23', 2063],
        ['2023/24', 1991],
        ['2024/25', 1834],
      ]);
    }
    const latest = await apprenticeships(senior, compared);
    expect(latest.rows.map(({ period }: Json) => period.label)).toEqual(['2024/25']);
  });

  it.each(['previous', 'yearAgo'])('compares it with nothing (%s), and whole years with whole ones', async (kind) => {
    const at = (end: string) =>
      apprenticeships(
        `${senior}, period: { at: { grain: YEAR, end: "${end}" } }, compare: { ${kind}: true }`,
        compared,
      );
    const part = await at('2026-04');
    expect(part.rows[0]!.apprenticeshipStarts.comparison).toMatchObject({ value: null, difference: null });
    expect(part.warnings).toContainEqual({ code: 'PROVISIONAL' });
    const whole = await at('2025-07');
    expect(whole.rows[0]!.apprenticeshipStarts.comparison).toMatchObject({
      value: 1991,
      difference: { value: 1834 - 1991 },
    });
  });

  it('gives the printed total of apprentices once, and its parts apart from it', async () => {
    const of = (by: string) => apprenticeships(`feed: "dfe_demographics" ${by}`, 'apprenticeshipStarts { value }');
    expect(sum(await of(''), 'apprenticeshipStarts')).toBe(353_500);
    expect((await of(', by: [SEX]')).rows.map(({ sex }: Json) => sex.code)).toEqual(['female', 'male']);
    expect(sum(await of(', by: [SEX]'), 'apprenticeshipStarts')).toBe(353_500);
    expect(sum(await of(', by: [ETHNIC_GROUP]'), 'apprenticeshipStarts')).toBeCloseTo(353_500, -2);
  });

  it('gives the printed totals of staff, and adds no total to its parts', async () => {
    const support = 'where: { staffGroup: ["support_to_st_and_t_staff"] }';
    expect(sum(await staff(`, ${support}`), 'headcount')).toBe(84_597);
    expect(sum(await staff(`, by: [ETHNIC_GROUP], ${support}`), 'headcount')).toBe(84_597);
    // Somebody with posts in two bands is in both.
    expect(sum(await staff(`, by: [BAND], ${support}`), 'headcount')).toBe(84_900);
    // All staff groups together are not printed, and people with two posts forbid adding them up.
    expect((await staff('')).__typename).toBe('QueryRefused');
  });

  it('gives sickness of England from the days of its organisations, each once', async () => {
    const days = async (by: string) =>
      answer(`{ staff(feed: "nhse_sickness" ${by}, period: { at: { grain: MONTH, end: "2024-04" } }) { ... on StaffTable {
        rows { sicknessAbsenceRate { value numerator denominator } } } } }`);
    const [england] = (await days('')).rows;
    expect((100 * england.sicknessAbsenceRate.value).toFixed(2)).toBe('4.76');
    for (const by of [', by: [REGION]', ', by: [ORGANISATION]']) {
      const { rows } = await days(by);
      const available = rows.reduce((all: number, row: Json) => all + row.sicknessAbsenceRate.denominator, 0);
      expect(available, by).toBeLessThanOrEqual(england.sicknessAbsenceRate.denominator * 1.0000001);
      expect(available, by).toBeGreaterThan(0.97 * england.sicknessAbsenceRate.denominator);
    }
  });
});
