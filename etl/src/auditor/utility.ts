import { rowsOf } from '@ahp/sql/open';
import type { Audience } from '../disclosure/audiences.ts';
import { latestYear, type Context } from './context.ts';
import { matchLatestYear } from './matched.ts';

/** How far published headcounts of a kind of place are from the true ones, in tables of that many dimensions. */
export interface CountUtility {
  audience: string;
  level: string;
  dimensions: number;
  cells: number;
  /** Share of the cells with somebody in them that are published as 0. */
  publishedAsZero: number;
  /** In people, over all cells with somebody in them. */
  medianError: number;
  /** Error as a share of the true count, over the cells that are published above 0. */
  medianRelativeError: number | null;
}

/** How many yearly leaver rates of a kind of place can be shown, and how far those are from the true ones. */
export interface RateUtility {
  audience: string;
  level: string;
  /** What the places are split by; the empty text for the place as a whole. */
  set: string;
  rates: number;
  shown: number;
  /** In percentage points. */
  medianError: number | null;
  /** As a share of the true rate, where that is above 0. */
  medianRelativeError: number | null;
}

/** What is left of the figures after protection, and how large the release is. Of the latest year; nothing here is about one place. */
export interface Utility {
  period: string;
  exactCells: number;
  publishedCells: Record<string, number>;
  counts: CountUtility[];
  leaverRates: RateUtility[];
}

/** Measures the loss that protection causes; null when there is no yearly period. */
export async function utilityOf(context: Context): Promise<Utility | null> {
  const period = await latestYear(context);
  if (period === null) return null;
  const counts: CountUtility[] = [];
  const leaverRates: RateUtility[] = [];
  const publishedCells: Record<string, number> = {};
  for (const audience of context.noisy) {
    counts.push(...(await countsOf(context, audience)));
    leaverRates.push(...(await ratesOf(context, audience, period)));
    publishedCells[audience.id] = await rowCount(context, `release_${audience.id}.cell`);
  }
  return { period, exactCells: await rowCount(context, 'grouped'), publishedCells, counts, leaverRates };
}

const byLevel = `order by array_position(['uk', 'nation', 'region', 'system', 'organisation'], level)`;

async function countsOf(context: Context, audience: Audience): Promise<CountUtility[]> {
  await matchLatestYear(context, [audience]);
  return rowsOf<CountUtility>(
    context.workshop,
    `select * from (select '${audience.id}' as audience, level, (case when "set" = '' then 0 else 1 + length("set") - length(replace("set", '+', '')) end)::integer as dimensions,
       count(*)::integer as cells, avg((value = 0)::integer) as "publishedAsZero", median(abs(value - n))::double as "medianError",
       median(abs(value - n) / n) filter (where value > 0) as "medianRelativeError"
     from matched group by all) ${byLevel}, dimensions`,
  );
}

/** Leavers and those who began long leave ÷ mean of start and end, as the measure has it; shown from the base minimum of the audience on. */
async function ratesOf({ workshop }: Context, { id, rateMinimum }: Audience, period: string): Promise<RateUtility[]> {
  const place = `"set"::varchar as "set", level::varchar as level, area::varchar as area, coalesce(a::varchar, '') as a`;
  const tables = `grain = 'year' and "set" in ('', 'profession', 'band')`;
  return rowsOf<RateUtility>(
    workshop,
    `with year as (select opening, closing from pair where grain = 'year' and closing = date '${period}'),
       exact as (
         select ${place}, coalesce(sum(n) filter (where tally <> 'headcount'), 0) as x, coalesce(sum(n) filter (where tally = 'headcount'), 0) / 2 as base
         from grouped join year on period_end = closing or (period_end = opening and tally = 'headcount')
         where ${tables} and tally in ('headcount', 'leavers_organisation', 'went_inactive') group by all having base > 0),
       published as (
         select ${place}, coalesce(sum(value) filter (where not starts_with(tally::varchar, 'headcount')), 0) as x,
           coalesce(sum(value) filter (where starts_with(tally::varchar, 'headcount')), 0) / 2 as base
         from release_${id}.cell join year on period_end = closing
         where ${tables} and tally in ('headcount', 'headcount_start', 'leavers_organisation', 'went_inactive') group by all),
       hidden as (
         select "set"::varchar as "set", level::varchar as level, area::varchar as area, a::varchar as a from release_${id}.withheld join year on period_end = closing
         where ${tables} and tally in ('leavers_organisation', 'went_inactive')),
       listed as (select distinct exact."set", exact.level, exact.area, exact.a, true as withheld from exact
         join hidden on hidden."set" = exact."set" and hidden.level = exact.level and hidden.area = exact.area and (hidden.a is null or hidden.a = exact.a)),
       rate as (
         select level, "set", exact.x / exact.base as truth,
           case when published.base >= ${rateMinimum} and not coalesce(withheld, false) then published.x / published.base end as shown
         from exact left join published using ("set", level, area, a) left join listed using ("set", level, area, a))
     select * from (select '${id}' as audience, level, "set", count(*)::integer as rates, count(shown)::integer as shown,
       100 * median(abs(shown - truth)) as "medianError", median(abs(shown - truth) / truth) filter (where truth > 0) as "medianRelativeError"
     from rate group by all) ${byLevel}, "set"`,
  );
}

async function rowCount({ workshop }: Context, table: string): Promise<number> {
  const [row] = await rowsOf<{ n: number }>(workshop, `select count(*)::integer as n from ${table}`);
  return row!.n;
}

/** The measurements for a terminal. */
export function utilityText({ period, exactCells, publishedCells, counts, leaverRates }: Utility): string {
  const percent = (share: number | null) => (share === null ? '–' : `${(100 * share).toFixed(1)}%`);
  const whole = (n: number) => n.toLocaleString('en-GB');
  const cells = Object.entries(publishedCells).map(([audience, n]) => `${audience} ${whole(n)}`);
  return [
    `What is left of the figures, year to ${period}: ${whole(exactCells)} cells counted exactly, of which published: ${cells.join(', ')}`,
    ...counts.map(
      (row) =>
        `  ${row.audience.padEnd(8)} ${row.level.padEnd(13)} headcounts by ${row.dimensions} dimension${row.dimensions === 1 ? ' ' : 's'}  ${whole(row.cells).padStart(7)} cells, ${percent(row.publishedAsZero)} published as 0; median error ${row.medianError.toFixed(1)} people, ${percent(row.medianRelativeError)} where not 0`,
    ),
    ...leaverRates.map(
      (row) =>
        `  ${row.audience.padEnd(8)} ${row.level.padEnd(13)} leaver rates ${(row.set ? `by ${row.set}` : 'in all').padEnd(14)}  ${whole(row.shown)} of ${whole(row.rates)} shown (${percent(row.shown / row.rates)}); median error ${row.medianError === null ? '–' : `${row.medianError.toFixed(2)} points`}, ${percent(row.medianRelativeError)} of the rate`,
    ),
  ].join('\n');
}
