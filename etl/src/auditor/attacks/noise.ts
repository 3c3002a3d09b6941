import { rowsOf } from '@ahp/sql/open';
import { chiSquareSf } from '@ahp/sql/statistics/chi-square';
import type { Audience } from '../../disclosure/audiences.ts';
import { onEachAudience, type Attack, type Outcome } from '../attack.ts';
import type { Context } from '../context.ts';
import { matchLatestYear } from '../matched.ts';

const bins = 256;
/**
 * Standard errors of the mean and of the variance, and p-value of uniform keys, at which a release is refused. One sound build in 150 strays beyond 3 and 0.001,
 * and its operator could do nothing about it: the secret must not change.
 */
const refused = { errors: 5, p: 1e-7 };

/** The noise of the release is what the p-tables say, and its keys are what keys should be. */
export const noise: Attack = {
  number: 18,
  id: 'noise_audit',
  title: 'Noise and keys of the lattice are as designed',
  criterion:
    'mean within 5 standard errors of 0 (beyond 3 is said); variance within 5% of V, or 5 standard errors where cells are too few to tell; cell keys uniform (chi-square p > 1e-7); no more keys of a person in two periods than chance gives; the same people under another name have the same figure',
  fast: true,
  asks: false,
  run: (context) => onEachAudience(context, attack),
};

async function attack(context: Context, audience: Audience): Promise<Outcome> {
  await matchLatestYear(context, [audience], 'drawn');
  const [moments] = await rowsOf<{ cells: number; mean: number; variance: number }>(
    context.workshop,
    `with distinct_sets as (select any_value(value - n) as change from matched where n >= ${audience.d + audience.js + 1} group by key)
     select count(*)::integer as cells, coalesce(avg(change), 0) as mean, coalesce(var_samp(change), 0) as variance from distinct_sets`,
  );
  const { cells, mean, variance } = moments!;
  const p = await uniformity(context);
  const { kept, most } = await keysKept(context, audience);
  const again = await countedAgain(context, audience);
  const errors = Math.abs(mean) / Math.sqrt(audience.v / Math.max(1, cells));
  // The relative standard error of a variance is at most √(2 ÷ n) for noise that is bounded.
  const spread =
    Math.abs(variance / audience.v - 1) <= Math.max(0.05, refused.errors * Math.sqrt(2 / Math.max(1, cells)));
  return {
    figure: `mean ${mean.toFixed(3)}${errors > 3 ? ` (${errors.toFixed(1)} standard errors)` : ''}, variance ${variance.toFixed(2)} over ${cells.toLocaleString('en-GB')} sets of people; keys p = ${p.toPrecision(2)}, ${kept} kept over time; ${again.different} of ${again.cells.toLocaleString('en-GB')} figures differ under another name`,
    passed: errors <= refused.errors && spread && p > refused.p && kept <= most && again.different === 0,
  };
}

/** P-value of the chi-square test that distinct cell keys fall evenly into 256 bins. */
async function uniformity({ workshop }: Context): Promise<number> {
  const counts = await rowsOf<{ n: number }>(
    workshop,
    `select count(*)::integer as n from (select distinct key from matched) group by key // ${2 ** 32 / bins}`,
  );
  const expected = counts.reduce((sum, { n }) => sum + n, 0) / bins;
  const empty = bins - counts.length;
  return chiSquareSf(
    counts.reduce((sum, { n }) => sum + (n - expected) ** 2 / expected, empty * expected),
    bins - 1,
  );
}

/** How many record keys of headcounts come back to a person in another period, and how many would by chance alone. */
async function keysKept({ workshop }: Context, { id }: Audience): Promise<{ kept: number; most: number }> {
  const [row] = await rowsOf<{ kept: number; expected: number }>(
    workshop,
    `with drawn as (
       select person, count(*) as keys, count(distinct ${id}_key) as different
       from record_key where key_period like '%|headcount' and person % 16 = 0 group by person)
     select coalesce(sum(keys - different), 0)::integer as kept, coalesce(sum(keys * (keys - 1) / 2), 0) / 4294967296.0 as expected from drawn`,
  );
  const { kept, expected } = row!;
  // Of a million people over 16 years, chance alone keeps a few. Keys that persist are kept by everybody.
  return { kept, most: Math.floor(expected + 5 * Math.sqrt(expected) + 3) };
}

/** Tallies of which one holds the people of the other and maybe more: where the counts are equal, the people are. */
const nested = {
  headcount_core: 'headcount',
  headcount_broad: 'headcount',
  headcount_with_educators: 'headcount',
  headcount_planned_for: 'headcount',
  framework_mapped: 'headcount',
  band_known_3_years: 'headcount',
  leavers_by_reason: 'leavers_organisation',
  leavers_nhs: 'leavers_organisation',
  early_leavers: 'leavers_dated',
  joiners_nhs: 'joiners_organisation',
};

/** Cells whose people are counted by two tallies, and how many of them have two figures: two draws of noise where one was promised. */
async function countedAgain({ workshop }: Context, { id }: Audience): Promise<{ cells: number; different: number }> {
  const pairs = Object.entries(nested).map(([tally, of]) => `('${tally}', '${of}')`);
  const cell =
    '"set"::varchar as "set", grain::varchar as grain, level::varchar as level, area::varchar as area, a::varchar as a, b::varchar as b, c::varchar as c';
  const latest = `period_end = (select max(period_end) from grouped where grain = 'year') and grain <> 'month'`;
  const same = (left: string, right: string) =>
    ['"set"', 'grain', 'level', 'area', 'a', 'b', 'c']
      .map((column) => `${left}.${column} is not distinct from ${right}.${column}`)
      .join(' and ');
  const [row] = await rowsOf<{ cells: number; different: number }>(
    workshop,
    `with nested as (select * from (values ${pairs.join(', ')}) as nested(tally, whole)),
       named as (select tally as name from nested union select whole from nested),
       exact as (select ${cell}, tally::varchar as tally, n, trusted_key from drawn where ${latest} and tally::varchar in (from named)),
       shown as (select ${cell}, tally::varchar as tally, value from release_${id}.cell where ${latest} and tally::varchar in (from named)),
       held as (select distinct grain::varchar as grain, level::varchar as level, "set"::varchar as "set", tally::varchar as tally from release_${id}.policy),
       hidden as (select ${cell}, tally::varchar as tally from release_${id}.withheld where ${latest} and tally::varchar in (from named)),
       twin as (
         select part.*, nested.whole from exact as part join nested on nested.tally = part.tally
         join exact as whole on whole.tally = nested.whole and whole.n = part.n and whole.trusted_key = part.trusted_key and ${same('whole', 'part')}
         semi join held on held.tally = part.tally and held.grain = part.grain and held.level = part.level and held."set" = part."set"
         semi join held as other on other.tally = nested.whole and other.grain = part.grain and other.level = part.level and other."set" = part."set")
     select count(*)::integer as cells, count(*) filter (where coalesce(one.value, 0) <> coalesce(two.value, 0))::integer as different
     from twin left join shown as one on one.tally = twin.tally and ${same('one', 'twin')}
     left join shown as two on two.tally = twin.whole and ${same('two', 'twin')}
     where not exists (
       select 1 from hidden where hidden.tally in (twin.tally, twin.whole) and hidden."set" = twin."set" and hidden.grain = twin.grain and hidden.level = twin.level
         and hidden.area = twin.area and (hidden.a is null or hidden.a = twin.a) and (hidden.b is null or hidden.b = twin.b) and (hidden.c is null or hidden.c = twin.c))`,
  );
  return row!;
}
