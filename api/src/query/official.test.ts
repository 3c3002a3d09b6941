import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedData, skipReason } from '@ahp/sql/shared-data';
import { everyone } from '../identity/asker.ts';
import { run } from '../../test/run.ts';
import { Releases } from '../release/releases.ts';
import type { Json } from '../../test/json.ts';

const part = 'published/england-turnover';
const folder = sharedData(part);
if (!folder) console.log(skipReason(part));

// Known answers: reference figures of the publication itself, Support to ST&T staff, November 2025.
describe.skipIf(!folder)('a release of official turnover figures alone', () => {
  const home = mkdtempSync(join(tmpdir(), 'ahp-official-'));
  let releases: Releases;
  const root = new URL('../../../', import.meta.url).pathname;

  beforeAll(async () => {
    const args = ['etl/src/cli.ts', 'build', '--extracts', folder!, '--data', home];
    execFileSync(process.execPath, args, { cwd: root, stdio: 'pipe' });
    releases = await Releases.once(home);
  });
  afterAll(async () => {
    await releases.close();
    rmSync(home, { recursive: true, force: true });
  });

  const answer = async (document: string) =>
    (await run(document, {}, everyone, releases)).answer.data as Record<string, Json>;
  const support = '{ staffGroup: ["support_to_st_and_t_staff"] }';

  it('names the publication, or the organisation, that a statement on the data is about', async () => {
    const { quality } = await answer(
      '{ quality { entries(section: "residual", first: 100) { item area areaLabel value { unit } alert } } }',
    );
    const [summary, ...others] = quality.entries.toSorted((a: Json, b: Json) => Number(a.alert) - Number(b.alert));
    expect(summary).toMatchObject({
      area: 'nhse_turnover',
      areaLabel: expect.stringMatching(/^NHS workforce turnover/),
    });
    expect(others.find(({ area }: Json) => area === 'RWG').areaLabel).toBe(
      'West Hertfordshire Teaching Hospitals NHS Trust',
    );
  });

  it('answers for England and the month without being asked for either', async () => {
    const { turnover } =
      await answer(`{ turnover(where: ${support}) { ... on TurnoverTable { source rows { area { code } period { end }
      headcountStart { value } headcountEnd { value } joiners { value } leavers { value } leaverRate { value } stabilityIndex { value } } } } }`);
    expect(turnover.source).toBe('PUBLISHED');
    expect(turnover.rows).toHaveLength(1);
    const [row] = turnover.rows;
    expect(
      [row.headcountStart, row.headcountEnd, row.joiners, row.leavers].map((figure: Json) => figure.value),
    ).toEqual([101759, 101784, 1501, 1234]);
    expect(100 * row.leaverRate!.value).toBeCloseTo(1.2125, 4);
    expect(100 * row.stabilityIndex!.value).toBeCloseTo(98.7873, 4);
  });

  it('answers for the seven regions', async () => {
    const { turnover } = await answer(
      `{ turnover(by: [REGION], where: ${support}) { ... on TurnoverTable { rows { area { code } leaverRate { value } } } } }`,
    );
    const rates = Object.fromEntries(
      turnover.rows.map(({ area, leaverRate }: Json) => [area.code, Number((100 * leaverRate.value).toFixed(4))]),
    );
    expect(rates).toEqual({
      Y61: 1.3389,
      Y56: 1.3877,
      Y60: 1.2691,
      Y63: 1.0015,
      Y62: 1.2283,
      Y59: 1.1892,
      Y58: 1.0682,
    });
  });

  it('shows the movement that joiners and leavers do not explain, the largest first', async () => {
    const { reconciliation } =
      await answer(`{ reconciliation(where: ${support}, first: 4) { ... on ReconciliationTable { organisations national { unexplained { value } }
      rows { unexplained { value } area { label } } } } }`);
    expect(reconciliation.organisations).toBe(211);
    expect(reconciliation.national.unexplained.value).toBe(-242);
    expect(reconciliation.rows.map(({ unexplained }: Json) => unexplained.value)).toEqual([-97, 58, 30, -24]);
    expect(reconciliation.rows[0]!.area.label).toContain('Hertfordshire');
  });
});
