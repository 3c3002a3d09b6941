import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyone } from '../identity/asker.ts';
import { run } from '../../test/run.ts';
import { Releases } from '../release/releases.ts';
import type { Json } from '../../test/json.ts';

const header =
  'DATE,NHSE_REGION_CODE,NHSE_REGION_NAME,ICS_CODE,ICS_NAME,ORG_CODE,ORG_NAME,ORG_TYPE,FTE_DAYS_LOST,FTE_DAYS_AVAILABLE,SICKNESS_ABSENCE_RATE_PERCENT';
const days = { RAA: '40,1000,4', RBB: ',,', RCC: '0,500,0' };

describe('an official figure that its publisher keeps back', () => {
  const home = mkdtempSync(join(tmpdir(), 'ahp-withheld-'));
  let releases: Releases;
  beforeAll(async () => {
    const rows = Object.entries(days).map(
      ([code, figures]) => `30/04/2025,Y56,London,QKK,South East London,${code},Trust ${code},Acute,${figures}`,
    );
    mkdirSync(join(home, 'extracts'));
    writeFileSync(join(home, 'extracts', 'sickness.csv'), [header, ...rows, ''].join('\n'));
    const args = ['etl/src/cli.ts', 'build', '--extracts', join(home, 'extracts'), '--data', join(home, 'data')];
    execFileSync(process.execPath, args, { cwd: new URL('../../../', import.meta.url).pathname, stdio: 'pipe' });
    releases = await Releases.once(join(home, 'data'));
  });
  afterAll(async () => {
    await releases?.close();
    rmSync(home, { recursive: true, force: true });
  });
  const answer = async (document: string) =>
    (await run(document, {}, everyone, releases)).answer.data as Record<string, Json>;

  it('is withheld, while that of an organisation without absence is 0', async () => {
    const { staff } = await answer(
      `{ staff(by: [ORGANISATION]) { ... on StaffTable { rows { area { code } sicknessAbsenceRate { value status display } } } } }`,
    );
    expect(
      staff.rows.map(({ area, sicknessAbsenceRate: { value, status, display } }: Json) => [
        area.code,
        value,
        status,
        display,
      ]),
    ).toEqual([
      ['RAA', 0.04, 'OK', '4.0%'],
      ['RBB', null, 'CONFIDENTIAL', '[c]'],
      ['RCC', 0, 'OK', '0.0%'],
    ]);
  });

  it('is in no sum, and the report on the data says how many there are and why', async () => {
    const { staff, quality } = await answer(
      `{ staff { ... on StaffTable { rows { area { code } sicknessAbsenceRate { numerator denominator } } } }
         quality { entries { section item value { value } note } } }`,
    );
    expect(staff.rows).toMatchObject([
      { area: { code: 'england' }, sicknessAbsenceRate: { numerator: 40_000, denominator: 1_500_000 } },
    ]);
    expect(quality.entries.filter(({ section }: Json) => section === 'withheld')).toMatchObject([
      {
        value: { value: 2 },
        item: expect.stringContaining('330 full-time equivalent days'),
        note: expect.stringContaining('of 12 '),
      },
    ]);
  });
});
