import { officialStaffGroup } from '@ahp/sql/official-staff-group';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sharedData } from '@ahp/sql/shared-data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { check } from '../../steps/check.ts';
import { receive } from '../../steps/receive.ts';
import { collectPublished, type Collected } from './collect.ts';

const turnover = sharedData('published/england-turnover');
const published = sharedData('published');
const folder = mkdtempSync(join(tmpdir(), 'published-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function load(paths: string[]): Promise<{ connection: DuckDBConnection; collected: Collected }> {
  const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
  const { files, refusals } = await receive(paths);
  expect(refusals).toEqual([]);
  for (const file of files) {
    const result = await check(file, connection);
    expect(result.quarantined, file.name).toBe(0);
  }
  return { connection, collected: await collectPublished(connection) };
}

const asked = async (connection: DuckDBConnection, sql: string) => (await connection.runAndReadAll(sql)).getRowsJS();
const digest = (connection: DuckDBConnection) =>
  asked(connection, `select "set", level, area, period_end, a, tally, value from published_row order by all`).then(
    (rows) => JSON.stringify(rows, (_, value) => (typeof value === 'bigint' ? Number(value) : value)),
  );

describe.skipIf(turnover === null)('turnover benchmarking, November 2025', () => {
  const path = turnover === null ? '' : join(turnover, readdirSync(turnover)[0]!);
  let connection: DuckDBConnection;
  let whole: string;
  beforeAll(async () => {
    ({ connection } = await load([path]));
    whole = await digest(connection);
  });
  const support = `a = 'support_to_st_and_t_staff'`;
  const figure = async (tally: string, area = 'england') =>
    Number(
      (
        await asked(
          connection,
          `select value from published_row where ${support} and tally = '${tally}' and area = '${area}'`,
        )
      )[0]![0],
    );

  test('support to ST&T staff in England: stock, joiners, leavers, rate and stability', async () => {
    expect(
      await Promise.all(
        ['headcount_start', 'headcount', 'joiners_organisation', 'leavers_organisation'].map((tally) => figure(tally)),
      ),
    ).toEqual([101_759, 101_784, 1_501, 1_234]);
    const fte = await Promise.all(
      ['fte_start', 'fte', 'joiners_organisation_fte', 'leavers_organisation_fte'].map((tally) => figure(tally)),
    );
    expect(fte.map((value) => Math.round(value / 100) / 10)).toEqual([89_962.5, 89_973.5, 1_335.2, 1_034.7]);
    const rate =
      (await figure('leavers_organisation')) / (((await figure('headcount_start')) + (await figure('headcount'))) / 2);
    expect((100 * rate).toFixed(4)).toBe('1.2125');
    expect((100 * (1 - (await figure('leavers_organisation')) / (await figure('headcount_start')))).toFixed(4)).toBe(
      '98.7873',
    );
  });

  test('leaver rates of the seven regions', async () => {
    const rates = { Y61: 1.3389, Y56: 1.3877, Y60: 1.2691, Y63: 1.0015, Y62: 1.2283, Y59: 1.1892, Y58: 1.0682 };
    for (const [region, expected] of Object.entries(rates)) {
      const rate =
        (await figure('leavers_organisation', region)) /
        (((await figure('headcount_start', region)) + (await figure('headcount', region))) / 2);
      expect(Number((100 * rate).toFixed(4)), region).toBe(expected);
    }
  });

  test('what the publication does not explain: −242 in England, the four organisations named, 44 of 211 in balance', async () => {
    const rows = await asked(
      connection,
      `select area, unexplained from published_reconciliation where staff_group = 'support_to_st_and_t_staff' and level = 'organisation'`,
    );
    expect(rows).toHaveLength(211);
    expect(rows.filter(([, unexplained]) => unexplained === 0)).toHaveLength(44);
    expect(
      await asked(
        connection,
        `select unexplained from published_reconciliation where staff_group = 'support_to_st_and_t_staff' and level = 'nation'`,
      ),
    ).toEqual([[-242]]);
    const named = await asked(
      connection,
      `select label, unexplained from published_reconciliation join published_organisation on code = area
       where staff_group = 'support_to_st_and_t_staff' and regexp_matches(label, '(?i)west hertfordshire|nottinghamshire healthcare|sheffield teaching|herefordshire and worcestershire health') order by 2`,
    );
    expect(named.map(([, unexplained]) => unexplained)).toEqual([-97, -24, 30, 58]);
  });

  test('the total of all staff groups is kept apart and never summed with its parts', async () => {
    const rows = await asked(
      connection,
      `select "set", sum(value)::integer from published_row where level = 'nation' and tally = 'headcount' group by 1 order by 1`,
    );
    expect(rows).toEqual([
      ['', 1_502_405],
      ['staff_group', 1_504_474],
    ]);
  });

  test('absent rows of zero are put back where there is stock', async () => {
    const sizes = await asked(
      connection,
      `select count(*)::integer from published_row where level = 'organisation' group by tally`,
    );
    expect(new Set(sizes.flat()).size).toBe(1);
    expect(
      await asked(
        connection,
        `select count(*) > 500 from published_row where level = 'organisation' and tally = 'joiners_organisation' and value = 0`,
      ),
    ).toEqual([[true]]);
  });

  const text = path === '' ? '' : readFileSync(path, 'utf8');
  const lines = text.split('\n').slice(0, -1);
  const fieldsOf = (line: string) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^",]*)(?:,|$)/g)].map(([, field]) => field!).slice(0, 13);
  const variants: Record<string, () => string | Buffer> = {
    'groups, their total among them, in another case for London': () =>
      lines
        .map((line) =>
          line.includes(',Y56,')
            ? line.replace('ST&T staff', 'ST&T Staff').replace('All staff groups', 'All Staff Groups')
            : line,
        )
        .join('\n') + '\n',
    'their total in another case everywhere': () => text.replaceAll('All staff groups', 'All Staff Groups'),
    'header in lower case with spaces': () =>
      [lines[0]!.toLowerCase().replaceAll('_', ' '), ...lines.slice(1)].join('\n') + '\n',
    'byte order mark and CRLF': () => `\uFEFF${lines.join('\r\n')}\r\n`,
    'columns in another order': () => lines.map((line) => fieldsOf(line).reverse().join(',')).join('\n') + '\n',
    'rows in another order': () => [lines[0], ...lines.slice(1).reverse()].join('\n') + '\n',
    'every value in quotes': () =>
      lines
        .map((line) =>
          fieldsOf(line)
            .map((field) => (field.startsWith('"') ? field : `"${field}"`))
            .join(','),
        )
        .join('\n') + '\n',
    'spaces around names': () => [lines[0]!.replaceAll(',', ' , '), ...lines.slice(1)].join('\n') + '\n',
  };
  for (const [name, make] of Object.entries(variants)) {
    test(`the same figures come of a file with ${name}`, async () => {
      const variant = join(folder, 'variant.csv');
      writeFileSync(variant, make());
      expect(await digest((await load([variant])).connection)).toBe(whole);
    });
  }

  test('several months load the same in any order, and the end of one is compared with the start of the next', async () => {
    const next = join(folder, 'b-next.csv');
    const shifted = text.replaceAll('202510 to 202511', '202511 to 202512');
    writeFileSync(next, shifted);
    const forwards = await load([path, next]);
    const backwards = await load([next, path]);
    expect(await digest(forwards.connection)).toBe(await digest(backwards.connection));
    expect(forwards.collected.warnings.join()).toContain('differ from the start of the month after');
    expect(
      (await asked(forwards.connection, 'select distinct period_label from published_row order by 1')).flat(),
    ).toEqual(['December 2025', 'November 2025']);
  });

  test('the same month with other figures is refused', async () => {
    const revised = join(folder, 'revised.csv');
    writeFileSync(revised, text.replace(',22634,', ',22635,'));
    await expect(load([path, revised])).rejects.toThrow('different figures for the same thing, 1 times');
  });
});

describe('an issue whose labels are not those of the one before', () => {
  const header = 'year,provider_name,characteristic_type,characteristic,measure,count\n';
  const row = (characteristic: string, count: string) =>
    `2024/25,TOTAL (all providers),ethnicity,${characteristic},Starts,${count}\n`;
  const write = (rows: string) => {
    writeFileSync(join(folder, 'labels.csv'), header + rows);
    return join(folder, 'labels.csv');
  };

  test('is read whatever their case', async () => {
    const { connection } = await load([write(row('WHITE', '10') + row('total', '20') + row('unknown', 'low'))]);
    expect(await asked(connection, 'select "set", a, value, withheld from published_row order by all')).toEqual([
      ['ethnic_group', 'unknown', null, '“low”: one to four'],
      ['ethnic_group', 'white', 10, null],
    ]);
  });

  test('is refused where two of them are one group of ours, or none is known', async () => {
    await expect(load([write(row('Unknown', '10') + row('Declined', '20'))])).rejects.toThrow('give 1 figures twice');
    const strange = row('White', '10').replace('TOTAL', 'All');
    await expect(load([write(strange)])).rejects.toThrow('gives no figure');
  });
});

describe('an issue that is loaded beside the one before it', () => {
  const starts = (year: string, count: number) =>
    `${year},Advanced Apprenticeship,Senior Healthcare Support Worker,Standard,A (10000001),Starts,${count}\n`;
  const apprenticeships = (name: string, rows: string) => {
    writeFileSync(
      join(folder, name),
      `year,apps_level,std_fwk_name,std_fwk_flag,provider_name,measure,values\n${rows}`,
    );
    return join(folder, name);
  };
  const demographics = (name: string, count: string, provider = 'Total (All providers)') => {
    const row = (characteristic: string) => `2024/25,${provider},Sex,${characteristic},Starts,${count}\n`;
    writeFileSync(
      join(folder, name),
      `year,provider_name,characteristic_type,characteristic,measure,count\n${row('Female')}${row('Total')}`,
    );
    return join(folder, name);
  };

  test('is refused where rows have no key: a year that both tell of would be counted twice', async () => {
    const earlier = apprenticeships('issue-1.csv', starts('2023/24', 1) + starts('2024/25 (Aug to Apr)', 2));
    const later = apprenticeships('issue-2.csv', starts('2023/24', 1) + starts('2024/25', 3));
    await expect(load([earlier, later])).rejects.toThrow('Two files tell of the same year: “2023/24” is in file');
    const other = apprenticeships('issue-3.csv', starts('2024/25', 3));
    const { connection } = await load([earlier, other]);
    expect(await asked(connection, 'select period_label, complete, value from published_row order by all')).toEqual([
      ['2023/24', true, 1],
      ['2024/25', true, 3],
      ['2024/25 (Aug to Apr)', false, 2],
    ]);
  });

  test('counts once where both give the same figure, and is refused where they differ', async () => {
    const first = demographics('who-1.csv', '210');
    const { connection } = await load([first, demographics('who-2.csv', '210', 'Total (All providers) ')]);
    expect(await asked(connection, 'select "set", value from published_row order by all')).toEqual([
      ['', 210],
      ['sex', 210],
    ]);
    await expect(load([first, demographics('who-2.csv', '220')])).rejects.toThrow(
      'different figures for the same thing, 2 times',
    );
  });
});

describe('figures that the publisher keeps back', () => {
  const header =
    'DATE,NHSE_REGION_CODE,NHSE_REGION_NAME,ICS_CODE,ICS_NAME,ORG_CODE,ORG_NAME,ORG_TYPE,FTE_DAYS_LOST,FTE_DAYS_AVAILABLE,SICKNESS_ABSENCE_RATE_PERCENT\n';
  const sickness = (days: readonly [string, string][]) => {
    const rows = days.map(
      ([code, figures]) => `30/04/2025,Y56,London,QKK,South East London,${code},Trust ${code},Acute,${figures}\n`,
    );
    writeFileSync(join(folder, 'sickness.csv'), header + rows.join(''));
    return join(folder, 'sickness.csv');
  };

  test('are kept without a value and with the reason, and are in no sum', async () => {
    const { connection, collected } = await load([
      sickness([
        ['RAA', '40,1000,4'],
        ['RBB', ',,'],
        ['RCC', '0,500,0'],
      ]),
    ]);
    expect(collected).toMatchObject({ rows: 12, warnings: [] });
    const told = (level: string) =>
      asked(
        connection,
        `select area, tally, value, withheld from published_row where level = '${level}' and area <> 'RAA' order by all`,
      );
    const reason = 'Blank: 330 full-time equivalent days available or fewer, about 11 people';
    expect(await told('organisation')).toEqual([
      ['RBB', 'fte_days_available', null, reason],
      ['RBB', 'fte_days_lost', null, reason],
      ['RCC', 'fte_days_available', 500_000, null],
      ['RCC', 'fte_days_lost', 0, null],
    ]);
    expect(await told('nation')).toEqual([
      ['england', 'fte_days_available', 1_500_000, null],
      ['england', 'fte_days_lost', 40_000, null],
    ]);
  });

  test('are not whatever else stands in their place: that is quarantined', async () => {
    const { files } = await receive([
      sickness([
        ['RAA', '40,1000,4'],
        ['RBB', '*,*,*'],
        ['RCC', 'n/a,500,'],
      ]),
    ]);
    const connection = await (await DuckDBInstance.create(':memory:', { threads: '2' })).connect();
    expect(await check(files[0]!, connection)).toMatchObject({ read: 3, loaded: 1, quarantined: 2 });
  });

  test('of the staff survey are withheld scores, and no trust without one', async () => {
    const columns = ['pp1_compassionate_inclusive', 'pp2_recognised_rewarded', 'pp3_voice_counts', 'pp3_2_raising_concerns', 'pp4_safe_healthy', 'pp4_1_health_safety_climate', 'pp4_2_burnout', 'pp4_3_negative_experiences', 'pp5_always_learning', 'pp6_work_flexibly', 'pp7_team', 'theme_engagement', 'theme_morale']; // prettier-ignore
    writeFileSync(
      join(folder, 'survey.csv'),
      `org_code,org_name,trust_type,trust_subtype,${columns.join(',')}\nRAA,Trust,Acute trust,,7.1,,6,6,6,6,6,6,6,6,6,6,6\n`,
    );
    const { connection } = await load([join(folder, 'survey.csv')]);
    expect(
      await asked(
        connection,
        `select tally, value, withheld from published_row where a = 'pp2_recognised_rewarded' order by 1`,
      ),
    ).toEqual([
      ['score', null, 'Blank: too few answered'],
      ['score_base', null, 'Blank: too few answered'],
    ]);
  });
});

const reference = fileURLToPath(new URL('../../../../sql/reference/apprenticeship_standard.csv', import.meta.url));

describe.skipIf(published === null)('other publications', () => {
  let connection: DuckDBConnection;
  let collected: Collected;
  beforeAll(async () => {
    const of = (part: string) => join(published!, part);
    const sickness = readdirSync(of('england-sickness'))
      .filter((name) => name.startsWith('nhs_'))
      .map((name) => of(`england-sickness/${name}`));
    ({ connection, collected } = await load([
      of('england-ethnicity/nhs-workforce-data-june-2022.csv'),
      ...sickness,
      of('england-apprenticeships/subjects_and_standards_0.parquet'),
      of('england-apprenticeships/apprenticeships_demographics_0.parquet'),
      of('england-staff-survey/people_promise_scores_by_trust.csv'),
    ]));
  });

  test('nothing in them contradicts itself', () => {
    expect(collected.warnings).toEqual([]);
    expect(collected.feeds).toEqual([
      'nhs_ethnicity',
      'nhse_sickness',
      'dfe_apprenticeships',
      'dfe_demographics',
      'people_promise',
    ]);
  });

  const june = `feed = 'nhs_ethnicity' and period_end = date '2022-06-30'`;
  const people = async (where: string) =>
    Number((await asked(connection, `select sum(value) from published_row where ${june} and ${where}`))[0]![0]);

  test('ethnicity of support to ST&T staff, June 2022: totals and parts', async () => {
    const support = `b = '${officialStaffGroup}' and "set" = 'ethnic_group+staff_group'`;
    expect(await people(`"set" = 'staff_group' and a = 'support_to_st_and_t_staff'`)).toBe(84_597);
    expect(await people(`${support} and a <> 'unknown'`)).toBe(81_331);
    expect(await people(`${support} and a = 'white'`)).toBe(65_933);
    const minority = await people(`${support} and a not in ('white', 'unknown')`);
    expect(minority).toBe(15_398);
    expect(((100 * minority) / 81_331).toFixed(2)).toBe('18.93');
    const [known, white] = (
      await asked(
        connection,
        `select sum(value) filter (where a <> 'unknown'), sum(value) filter (where a = 'white') from published_row where feed = 'nhs_ethnicity' and period_end = date '2009-09-30' and ${support}`,
      )
    )[0]!;
    expect([Number(known), ((100 * (Number(known) - Number(white))) / Number(known)).toFixed(2)]).toEqual([
      56_030,
      '10.65',
    ]);
  });

  test('minority share by band and stock disparity ratios, June 2022', async () => {
    const support = `c = 'support_to_st_and_t_staff'`;
    const split = async (bands: string[]) => {
      const list = bands.map((band) => `'${band}'`).join(', ');
      return [
        await people(`${support} and a in (${list}) and b not in ('white', 'unknown')`),
        await people(`${support} and a in (${list}) and b = 'white'`),
      ] as const;
    };
    const shares = {
      band_2: '19.15',
      band_3: '18.70',
      band_4: '17.73',
      band_5: '21.14',
      band_6: '19.63',
      band_7: '22.28',
    };
    for (const [band, expected] of Object.entries(shares)) {
      const [minority, white] = await split([band]);
      expect(((100 * minority) / (minority + white)).toFixed(2), band).toBe(expected);
    }
    const tier = async (pattern: string) =>
      (
        await asked(
          connection,
          `select sum(value) filter (where ethnicity = 'White')::double, sum(value) filter (where ethnicity in ('Asian', 'Black', 'Chinese', 'Mixed', 'Other'))::double
         from nhs_ethnicity where time = date '2022-06-30' and role_group ilike 'support to st&t staff' and regexp_full_match(grade, '${pattern}')`,
        )
      )[0] as [number, number];
    const [lower, middle, upper] = [await tier('Band [1-5]'), await tier('Band [67]'), await tier('Band (8.|9)')];
    const disparity = (from: [number, number], to: [number, number]) =>
      (to[0] / from[0] / (to[1] / from[1])).toFixed(4);
    expect([disparity(lower, middle), disparity(middle, upper), disparity(lower, upper)]).toEqual([
      '0.9189',
      '0.8988',
      '0.8259',
    ]);
  });

  test('bands of support to ST&T staff, June 2022: 82.9 % at 2 to 4, 13,180 people at 5 and above', async () => {
    const among = async (grades: string) =>
      Number(
        (
          await asked(
            connection,
            `select sum(value) from nhs_ethnicity where time = date '2022-06-30' and role_group ilike 'support to st&t staff' and lower(ethnicity) in ('white', 'asian', 'black', 'chinese', 'mixed', 'other')
               and regexp_full_match(grade, '${grades}')`,
          )
        )[0]![0],
      );
    const [lower, upper, all] = [
      await among('Band [2-4]'),
      await among('Band ([5-7]|8.|9)'),
      await among('All Grades'),
    ];
    expect(upper).toBe(13_180);
    expect([((100 * lower) / all).toFixed(1), ((100 * upper) / all).toFixed(1)]).toEqual(['82.9', '16.2']);
  });

  test('people with posts in two bands count in each, so bands exceed the total of their staff group', async () => {
    expect(await people(`"set" = 'band+staff_group' and b = 'support_to_st_and_t_staff'`)).toBe(84_900);
  });

  test('sickness: every organisation of the six months, and England', async () => {
    const rows = await asked(
      connection,
      `select period_end, count(*) filter (where level = 'organisation' and tally = 'fte_days_lost')::integer, round(100 * sum(value) filter (where area = 'england' and tally = 'fte_days_lost')
        / sum(value) filter (where area = 'england' and tally = 'fte_days_available'), 2) from published_row where feed = 'nhse_sickness' group by 1 order by 1`,
    );
    expect(rows.map(([, organisations]) => organisations)).toEqual([285, 285, 285, 285, 285, 285]);
    expect(rows.map(([, , rate]) => rate)).toEqual([4.76, 4.71, 4.87, 5.2, 4.79, 4.96]);
  });

  test('apprenticeship starts and achievements by standard and academic year', async () => {
    const of = async (label: string, tally = 'apprenticeship_starts') =>
      (
        await asked(
          connection,
          `select value from published_row where feed = 'dfe_apprenticeships' and a_label = '${label}' and tally = '${tally}' and complete order by period_end`,
        )
      ).flat();
    expect(await of('Senior Healthcare Support Worker')).toEqual([2063, 1991, 1834]);
    expect(await of('Senior Healthcare Support Worker', 'apprenticeship_achievements')).toEqual([1234, 1294, 1117]);
    expect(await of('Healthcare Support Worker')).toEqual([1538, 1155, 771]);
    expect(await of('Assistant Practitioner (Health)')).toEqual([891, 744, 581]);
    expect(await of('Speech and Language Therapist')).toEqual([19, 51, 96]);
    expect(await of('Occupational Therapist')).toEqual([532, 650, 589]);
    expect(await of('Physiotherapist')).toEqual([266, 294, 259]);
  });

  test('from 2022/23 to 2024/25 starts fall on the support standards and rise on those to registration', async () => {
    const starts = await asked(
      connection,
      `select period_label, sum(value) filter (where route = 'registration'), sum(value) filter (where route = 'registration' and code <> 'paramedic' and label <> 'Paramedic')
       from published_row join (select distinct code, label, route from read_csv('${reference}', header = true, all_varchar = true)) as standard on standard.code = a
       where feed = 'dfe_apprenticeships' and tally = 'apprenticeship_starts' and complete group by 1 order by 1`,
    );
    expect([starts[0], starts.at(-1)]).toEqual([
      ['2022/23', 2384, 1589],
      ['2024/25', 2899, 1700],
    ]);
  });

  test('a part of an academic year is marked incomplete and ends where it says', async () => {
    const periods = await asked(
      connection,
      `select distinct period_label, period_start::varchar, period_end::varchar, complete from published_row where feed = 'dfe_apprenticeships' order by 1`,
    );
    expect(periods.at(-1)).toEqual(['2025/26 (Aug to Apr)', '2025-08-01', '2026-04-30', false]);
    expect(periods[0]).toEqual(['2022/23', '2022-08-01', '2023-07-31', true]);
    expect(periods.filter(([, , , complete]) => complete)).toHaveLength(3);
  });

  test('apprentices by sex add up to the total within the publisher’s rounding', async () => {
    const rows = await asked(
      connection,
      `select sum(value) filter (where "set" = ''), sum(value) filter (where "set" = 'sex') from published_row where feed = 'dfe_demographics' group by period_end, tally`,
    );
    expect(rows).toHaveLength(8);
    for (const [total, parts] of rows) expect(Math.abs(Number(total) - Number(parts))).toBeLessThanOrEqual(20);
  });

  test('People Promise: 149 trusts, scores in thousandths', async () => {
    expect(
      await asked(
        connection,
        `select count(distinct area)::integer, count(*)::integer from published_row where feed = 'people_promise' and tally = 'score'`,
      ),
    ).toEqual([[149, 149 * 13]]);
    const [[score]] = (await asked(
      connection,
      `select value from published_row where area = 'R0A' and a = 'pp5_always_learning' and tally = 'score'`,
    )) as [[number]];
    expect(score).toBeCloseTo(5552.235602, 5);
  });

  test('every row has an area, a label where it has a category, and its place in a file', async () => {
    expect(
      await asked(
        connection,
        `select count(*)::integer from published_row where area is null or (a is not null and a_label is null) or (b is not null and b_label is null) or (c is not null and c_label is null) or line is null or (value is null) <> (withheld is not null)`,
      ),
    ).toEqual([[0]]);
    expect(
      await asked(
        connection,
        `select count(*)::integer from (select feed, "set", grain, level, area, period_end, a, b, c, tally from published_row group by all having count(*) > 1)`,
      ),
    ).toEqual([[0]]);
  });
});
