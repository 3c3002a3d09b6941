/**
 * How often clean months stop, and how often planted faults do, by the size of the employer: `npm run months -- [people] [months] [seeds] [clean]`; `clean` plants nothing.
 * 60,000 people are some 258 employers a month, a release of them all.
 * Employers of a size are those of the sample, thinned to it or several put together; every one of them has the fault in the latest month, and its own verdict counts.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { openWorkshop, rowsOf } from '@ahp/sql/open';
import { Progress } from '../src/progress.ts';
import { admit, takeFiles } from '../src/steps/admit.ts';
import { runSqlFile } from '../src/steps/sql-file.ts';
import { etl } from './etl.ts';

const [people = 24000, months = 19, seeds = 2] = process.argv.slice(2).map(Number);
const sizes = process.argv[5] === 'clean' ? [] : [20, 50, 100, 150, 300, 1000];
const now = '(select max(period_end) from sized)';
const before = '(select max(period_end) from sized where period_end < (select max(period_end) from sized))';
const shifted = (rank: string) => `select * replace (${now} as period_end) from sized where period_end = ${rank}`;
const rest = `select * from sized where period_end < ${now}`;

const faults: Record<string, string> = {
  'none (clean)': 'from sized',
  '40 % of rows missing': `from sized where period_end < ${now} or hash(person_id, period_end) % 10 >= 4`,
  '25 % missing': `from sized where period_end < ${now} or hash(person_id, period_end) % 4 > 0`,
  'half missing': `from sized where period_end < ${now} or hash(person_id, period_end) % 2 > 0`,
  'FTE ÷ 10': `select * replace (if(period_end = ${now}, contracted_fte / 10, contracted_fte) as contracted_fte) from sized`,
  'sexes exchanged': `select * replace (if(period_end = ${now}, case sex::varchar when 'female' then 'male' when 'male' then 'female' end, sex::varchar) as sex) from sized`,
  'all bank': `select * replace (if(period_end = ${now}, 'bank', contract_type::varchar) as contract_type) from sized`,
  'posts doubled': `from sized union all select * replace (assignment_id || 'X' as assignment_id) from sized where period_end = ${now}`,
  'pseudonyms redrawn': `select * replace (if(period_end = ${now}, 'Q' || person_id, person_id) as person_id) from sized`,
  'bands + 1': `select * replace (if(period_end = ${now} and try_cast(band::varchar as integer) < 7, (try_cast(band::varchar as integer) + 1)::varchar, band::varchar) as band) from sized`,
  'months swapped': `select * from sized where period_end < ${before} union all ${shifted(before)} union all select * replace (${before} as period_end) from sized where period_end = ${now}`,
  're-dated (notice or stop)': `${rest} union all ${shifted(before)}`,
};

const prepared = ['conform/judged', 'conform/person', 'conform/lineage'];
const judging = ['staff_month', 'moved', 'quarantined', 'verdict'];

async function verdicts(connection: DuckDBConnection): Promise<void> {
  for (const name of prepared) await runSqlFile(connection, `${name}.sql`);
  for (const name of judging) await runSqlFile(connection, `plausibility/${name}.sql`);
}

/** Employers thinned to a size at their latest month; for sizes beyond theirs, several under one code. */
async function sized(connection: DuckDBConnection, size: number): Promise<void> {
  await connection.run(
    `create or replace temp table sized as
     with latest as (
       select organisation_code, count(distinct person_id) as people from original where period_end = (select max(period_end) from original) group by all
     ), place as (
       select *, first_value(organisation_code) over (partition by bunch order by organisation_code) as code, sum(people) over (partition by bunch) as together
       from (select *, (sum(people) over (order by organisation_code) - people) // ${size} as bunch from latest where people < ${size})
       union all by name select *, organisation_code as code, people as together from latest where people >= ${size}
     )
     select original.* replace (place.code as organisation_code, place.code as employer_code) from original join place using (organisation_code)
     where place.together >= ${0.7 * size} and hash(person_id, 7) % 10000 < 10000 * ${size} / place.together`,
  );
}

const folder = mkdtempSync(join(tmpdir(), 'simulate-'));
const caught = new Map<string, [caught: number, of: number]>();
let [clean, stopped, releases, held] = [0, 0, 0, 0];
try {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const extracts = join(folder, String(seed));
    await etl([
      'sample',
      '--people',
      String(people),
      '--months',
      String(months),
      '--seed',
      String(100 + seed),
      '--out',
      extracts,
    ]);
    const connection = await (
      await openWorkshop(':memory:', { memory: '1500MB', temporary: join(folder, 'spill') })
    ).connect();
    const progress = new Progress({ quiet: true });
    const { loaded } = await takeFiles(connection, [extracts], join(folder, 'kept'), progress, {});
    await admit(connection, loaded, null, progress, {});
    const [sum] = await rowsOf<{ n: number; stops: number; months: number; held: number }>(
      connection,
      `select (select count(*)::integer from moved where level = 'organisation') as n, (select count(*)::integer from finding where stops) as stops,
         (select count(distinct month)::integer from moved) as months, (select count(distinct month)::integer from finding where stops) as held`,
    );
    clean += sum!.n;
    stopped += sum!.stops;
    releases += sum!.months;
    held += sum!.held;
    const stops = await rowsOf<{ name: string; statistic: number; stops_at: number; base: number }>(
      connection,
      'select name, statistic::double as statistic, stops_at::double as stops_at, base::double as base from finding where stops',
    );
    for (const one of stops)
      console.log(`Seed ${100 + seed}: ${one.name}: ${one.statistic} of ${one.base}, stops at ${one.stops_at}.`);
    await connection.run('create temp table original as from workforce');
    for (const size of sizes) {
      await sized(connection, size);
      for (const [fault, query] of Object.entries(faults)) {
        await connection.run(`delete from workforce; insert into workforce by name ${query}`);
        await verdicts(connection);
        const lowest =
          fault.startsWith('re-dated') || fault.startsWith('none') ? (fault.startsWith('none') ? 9 : 4) : 4;
        const [one] = await rowsOf<{ caught: number; n: number }>(
          connection,
          `with place as (select area from place_month where level = 'organisation' and month = (select max(month) from place_month) and people_before between ${0.6 * size} and ${1.6 * size})
           select count(*)::integer as n, count(*) filter (where area in (select area from verdict where level = 'organisation' and month >= (select max(month) - 1 from place_month)
             and ("check" <> 'unchanged' or statistic >= ${lowest})))::integer as caught from place`,
        );
        const [a, b] = caught.get(`${fault}|${size}`) ?? [0, 0];
        caught.set(`${fault}|${size}`, [a + one!.caught, b + one!.n]);
      }
    }
    connection.closeSync();
    rmSync(extracts, { recursive: true, force: true });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(
  `Clean: ${clean.toLocaleString('en-GB')} employer-months, ${stopped} stopped; ${releases} months of all employers, ${held} held back; of releases of 210 employers ${((2100 * 10 * stopped) / clean).toFixed(1)} %.`,
);
if (sizes.length > 0)
  console.log(`\n| fault, % of employers found | ${sizes.join(' | ')} |\n|---|${sizes.map(() => '---|').join('')}`);
for (const fault of sizes.length > 0 ? Object.keys(faults) : [])
  console.log(
    `| ${fault} | ${sizes
      .map((size) => {
        const [a, b] = caught.get(`${fault}|${size}`) ?? [0, 0];
        return b === 0 ? '–' : `${Math.round((100 * a) / b)} (${b})`;
      })
      .join(' | ')} |`,
  );
