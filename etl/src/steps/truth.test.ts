import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openWorkshop, rowsOf } from '@ahp/sql/open';
import { families } from '../../../sql/lattice/policy.ts';
import { toLedger } from '../../test/workshop.ts';
import { Secret } from '../disclosure/secret.ts';
import { Progress } from '../progress.ts';
import { generateSample } from '../sample/generate.ts';
import type { PeriodTruth } from '../sample/truth.ts';
import { createGrouped, fillLattice } from './lattice.ts';
import { loadExtracts, type Loaded } from './load.ts';
import { runSqlFile } from './sql-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'ahp-truth-'));
let connection: DuckDBConnection;
let loaded: Loaded;
let periods: PeriodTruth[];

beforeAll(async () => {
  await generateSample({ people: 2500, months: 15, seed: 3, out: join(folder, 'extracts') });
  periods = (JSON.parse(readFileSync(join(folder, 'extracts', 'truth.json'), 'utf8')) as { periods: PeriodTruth[] })
    .periods;
  connection = await (await openWorkshop(':memory:')).connect();
  loaded = await loadExtracts(
    connection,
    [join(folder, 'extracts')],
    join(folder, 'received'),
    new Progress({ quiet: true }),
  );
  await toLedger(connection);
  await createGrouped(connection);
  await fillLattice(connection, new Secret(Buffer.from('a secret of at least thirty-two bytes')), () => {});
  for (const name of ['area', 'period']) await runSqlFile(connection, `lattice/${name}.sql`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('from the sample’s extracts to exact cells', () => {
  it('loses no row', () => {
    expect(loaded.rows.read).toBe(loaded.rows.loaded + loaded.rows.quarantined);
    expect(loaded.rows.read).toBeGreaterThan(30_000);
  });

  it('counts the support workers, registered AHPs and apprentices that the sample put in post', async () => {
    const rows = await rowsOf<Record<string, unknown>>(
      connection,
      `select period_end::varchar as period_end, count(*) filter (where side = 'support' and active)::integer as support_headcount,
         count(*) filter (where side = 'support' and active and core)::integer as support_headcount_core,
         sum(fte) filter (where side = 'support' and active)::integer as support_fte_thousandths,
         count(*) filter (where side = 'support' and not active)::integer as support_inactive,
         count(*) filter (where side = 'registered' and active)::integer as registered_headcount,
         count(*) filter (where side = 'support' and active and apprentice)::integer as apprentices
       from snapshot group by period_end order by period_end`,
    );
    const fields = [
      'period_end',
      'support_headcount',
      'support_headcount_core',
      'support_fte_thousandths',
      'support_inactive',
      'registered_headcount',
      'apprentices',
    ] as const;
    expect(rows).toEqual(periods.map((period) => Object.fromEntries(fields.map((field) => [field, period[field]]))));
  });

  it('counts them in the organisation they are in, each month', async () => {
    for (const period of [periods[3]!, periods.at(-1)!]) {
      const rows = await rowsOf<{ organisation: string; n: number }>(
        connection,
        `select area::varchar as organisation, n::integer as n from grouped where "set" = '' and grain = 'month' and level = 'organisation' and tally = 'headcount' and period_end = '${period.period_end}'`,
      );
      expect(Object.fromEntries(rows.map(({ organisation, n }) => [organisation, n]))).toEqual(period.by_organisation);
    }
  });

  it('classes the movements of each month as the sample made them', async () => {
    const rows = await rowsOf<{ closing: string; flow: string; n: number }>(
      connection,
      `select closing::varchar as closing, flow, count(*)::integer as n from ledger where grain = 'month' group by all`,
    );
    const found = (closing: string, flow: string) =>
      rows.find((row) => row.closing === closing && row.flow === flow)?.n ?? 0;
    for (const { period_end, flows } of periods.slice(1)) {
      const expected = flows!;
      expect({
        inactive: found(period_end, 'inactive'),
        registered: found(period_end, 'to_registered'),
        back: found(period_end, 'reactivated'),
      }).toEqual({
        inactive: expected.went_inactive,
        registered: expected.to_registered,
        back: expected.reactivated,
      });
      expect(found(period_end, 'left') + found(period_end, 'reclassified_out')).toBe(
        expected.left + expected.reclassified_out + expected.other_out,
      );
      expect(found(period_end, 'joined') + found(period_end, 'reclassified_in')).toBe(
        expected.joined + expected.reclassified_in + expected.other_in,
      );
    }
  });

  it('makes cells that add up: over any dimension to the total, and over organisations to the UK', async () => {
    const additive = families.filter(
      ({ tallies }) => tallies.includes('headcount') || tallies.includes('leavers_support'),
    );
    expect(additive.length).toBeGreaterThan(1);
    const wrong = await rowsOf(
      connection,
      `with totals as (select grain, level, area, period_end, tally, sum(n) as n, sum(public_key) % 4294967296 as key from grouped where "set" = '' group by all),
         parts as (select "set", grain, level, area, period_end, tally, sum(n) as n, sum(public_key) % 4294967296 as key from grouped
           where "set" in ('band', 'profession', 'sex', 'ethnic_group', 'band+profession', 'age_band+sex') group by all)
       select parts."set"::varchar as s, grain, level, tally from parts join totals using (grain, level, area, period_end, tally)
       where tally in ('headcount', 'leavers_support', 'joiners_organisation') and (parts.n <> totals.n or (parts.key <> totals.key and grain <> 'month'))`,
    );
    expect(wrong).toEqual([]);
    const uk = await rowsOf(
      connection,
      `with up as (select level, grain, period_end, tally, sum(n) as n from grouped where "set" = '' and level in ('uk', 'nation', 'organisation') group by all)
       select * from up as a join up as b using (grain, period_end, tally) where a.level = 'uk' and a.n <> b.n`,
    );
    expect(uk).toEqual([]);
  });

  it('counts the first step up of everybody seen since they joined, once, and those who left before it', async () => {
    type Seen = { person: number; end: string; org: string; start: string | null; tenure: number; rank: number | null };
    const seen = await rowsOf<Seen & { here: boolean; registered: boolean }>(
      connection,
      `select person, period_end::varchar as "end", organisation_now::varchar as org, organisation_start_date::varchar as start, tenure_months::integer as tenure,
         band_rank::integer as rank, side = 'support' and active as here, side = 'registered' and active as registered from snapshot order by person, period_end`,
    );
    // By another way than the lattice: each person's snapshots one after the other.
    const found = { months: 0, steps: 0, gone: 0 };
    const careers = new Map<string, { from: number; stepped: boolean }>();
    for (const [at, one] of seen.entries()) {
      if (!one.here || one.start === null || one.end === periods.at(-1)!.period_end) continue;
      const next = seen[at + 1]?.person === one.person ? seen[at + 1]! : null;
      const career = careers.get(`${one.person}|${one.org}|${one.start.slice(0, 7)}`) ?? {
        from: one.tenure,
        stepped: false,
      };
      careers.set(`${one.person}|${one.org}|${one.start.slice(0, 7)}`, career);
      if (career.from !== 0 || career.stepped) continue;
      found.months += 1;
      const same = next?.org === one.org;
      career.stepped = same && next!.here && (next!.rank ?? 0) > (one.rank ?? 99);
      if (career.stepped) found.steps += 1;
      else if (!same || next!.registered) found.gone += 1;
    }
    const counted = await rowsOf<{ tally: string; n: number; w: number }>(
      connection,
      `select tally::varchar as tally, sum(n)::integer as n, sum(w)::integer as w from grouped
       where "set" = 'elapsed' and level = 'uk' and tally in ('unstepped', 'first_steps', 'unstepped_left', 'unstepped_registered') group by all`,
    );
    const of = (tally: string) => counted.find((row) => row.tally === tally) ?? { n: 0, w: 0 };
    expect(Math.min(found.months, found.gone)).toBeGreaterThan(20);
    expect({
      months: of('unstepped').w,
      steps: of('first_steps').n,
      gone: of('unstepped_left').n + of('unstepped_registered').n,
    }).toEqual(found);
  });

  it('counts everybody in post at the start once by stage and once by band at the end', async () => {
    const rows = await rowsOf<{ set: string; gone: number; n: number }>(
      connection,
      `select "set"::varchar as "set", sum(n)::integer as n,
         sum(n) filter (where coalesce(b, a) in ('left', 'registered', 'inactive', 'apprentice'))::integer as gone
       from grouped where tally = 'transitions' and level = 'uk' and "set" in ('to_stage', 'to_state', 'stage+to_stage', 'band+to_state') group by all`,
    );
    expect(rows).toHaveLength(4);
    expect(new Set(rows.map(({ n }) => n)).size).toBe(1);
    expect(new Set(rows.map(({ gone }) => gone)).size).toBe(1);
  });
});
