import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedData } from '../src/shared-data.ts';

const lookups = sharedData('published/reference');
const turnover = sharedData(
  'published/england-turnover/Turnover benchmarking 2. Staff group and organisation, monthly, Nov-25.csv',
);
const ours = (list: string) =>
  `read_csv('${fileURLToPath(new URL(`./${list}.csv`, import.meta.url))}', header = true, all_varchar = true)`;
const theirs = (name: string) => `read_csv('${lookups}/${name}.csv', header = true, all_varchar = true)`;

let db: DuckDBConnection;
beforeAll(async () => {
  db = await (await DuckDBInstance.create(':memory:')).connect();
});
const rows = async (sql: string) => (await db.runAndReadAll(sql)).getRowsJson();
const words = (column: string) => `lower(replace(replace(replace(${column}, ' & ', ' and '), 'NHS ', ''), ',', ''))`;

describe.skipIf(lookups === null)('code lists against published lookups', () => {
  test('Scotland has the boards that were not archived, and those that were ended the day they were', async () => {
    const board = `select hb19_code as code, ${words('hb19_name')} as label, nullif(date_archived, 'NA') as archived from ${theirs('names_codes_hb19')}`;
    const open = await rows(`select code, label from (${board}) where archived is null order by 1`);
    expect(open).toHaveLength(14);
    expect(
      await rows(
        `select code, ${words('label')} from ${ours('system')} where nation = 'scotland' and valid_to is null order by 1`,
      ),
    ).toEqual(open);
    const ended = await rows(
      `select board.code, board.archived, organisation.valid_to, succession.date from (${board}) as board
       left join ${ours('organisation')} as organisation on organisation.code = board.code left join ${ours('succession')} as succession on succession.old_code = board.code
       where archived is not null order by 1`,
    );
    expect(ended).toHaveLength(4);
    for (const [code, archived, validTo, succeeded] of ended)
      expect(
        [code, validTo !== null, Math.abs(Date.parse(String(archived)) - Date.parse(String(succeeded))) <= 864e5],
        String(code),
      ).toEqual([code, true, true]);
  });

  test('Wales has its seven local health boards, Northern Ireland its five trusts', async () => {
    expect(
      await rows(
        `select code, ${words('label')} from ${ours('organisation')} join (select code as board from ${ours('system')} where nation = 'wales') on system = board order by 1`,
      ),
    ).toHaveLength(7);
    expect(await rows(`select code from ${ours('system')} where nation = 'wales' order by 1`)).toEqual(
      await rows(`select distinct lhb22_code from ${theirs('lookup_ltla21_lhb22')} order by 1`),
    );
    expect(
      await rows(
        `select organisation.system, ${words('organisation.label')} from ${ours('organisation')} as organisation where system like 'W11%' order by 1`,
      ),
    ).toEqual(
      await rows(`select distinct lhb22_code, ${words('lhb22_name')} from ${theirs('lookup_ltla21_lhb22')} order by 1`),
    );
    expect(await rows(`select code from ${ours('system')} where nation = 'northern_ireland' order by 1`)).toEqual(
      await rows(`select distinct trust18_code from ${theirs('lookup_ltla21_hsct18')} order by 1`),
    );
  });

  test('English trusts lie in the regions that NHS England has them in', async () => {
    const found = await rows(
      `select organisation.code, organisation.region, trust.nhs_region21_nhs_code from ${ours('organisation')} as organisation
       join ${theirs('lookup_nhs_trusts22_nhs_region21')} as trust on trust.nhs_trust22_code = organisation.code order by 1`,
    );
    expect(found.length).toBeGreaterThan(8);
    expect(found.filter(([, region, published]) => region !== published)).toEqual([]);
  });

  test('the sixteen ethnic categories lie in the five groups of the 2001 census, Chinese with Asian as since 2011', async () => {
    const published = await rows(
      `select distinct lower(replace("Standard", 'Any other', 'any other')), "Parent" from ${theirs('ethnicity_classification_definitions')} where "Parent" <> "Standard"`,
    );
    const parent = new Map<string, Set<string>>();
    for (const [standard, group] of published)
      parent.set(String(standard), (parent.get(String(standard)) ?? new Set()).add(String(group).split(/[ /]/)[0]!));
    const letters = {
      Indian: 'H',
      Pakistani: 'J',
      Bangladeshi: 'K',
      Chinese: 'R',
      'Black Caribbean': 'M',
      'Black African': 'N',
    };
    for (const [standard, letter] of Object.entries(letters)) {
      const [[label]] = (await rows(`select label from ${ours('ethnic_group')} where source_value = '${letter}'`)) as [
        [string],
      ];
      expect([...(parent.get(standard.toLowerCase()) ?? [])], standard).toContain(label);
    }
  });
});

test.skipIf(turnover === null)(
  'the 42 boards of England and their regions are those of the turnover publication',
  async () => {
    const published = await rows(
      `select distinct ICS_CODE, NHSE_REGION_CODE from read_csv('${turnover}', header = true, all_varchar = true) where ICS_CODE <> 'QZZ' order by 1`,
    );
    expect(published).toHaveLength(42);
    expect(await rows(`select code, region from ${ours('system')} where nation = 'england' order by 1`)).toEqual(
      published,
    );
  },
);
