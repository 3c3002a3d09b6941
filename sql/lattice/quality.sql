-- What a reader must know of the data, from published cells and from counts of rows; nothing here counts the people of one organisation.
-- Exact counts of posts stay with the operator (etl/src/steps/reports.ts): two releases side by side would give those of one month.
-- unit says what a value is: share, rows, months, organisations, people or count; alert marks what somebody should look into.
create or replace table release_quality as
with latest as (select max(period_end) as period_end from release_period where grain = 'quarter'),
months as (select count(distinct period_end) as n, min(period_end) as first, max(period_end) as latest from snapshot),
month as (select distinct period_end from snapshot),
-- Every month from the first to the latest where extracts come by the month, so that one nobody sent is seen.
calendar as (
  select period_end from month
  union
  select last_day(unnest(range(date_trunc('month', first), latest, interval 1 month))::date) from months
  where exists (from month as before join month as after on after.period_end = last_day(before.period_end + interval 1 month))
),
reported as (select distinct organisation::varchar as organisation, organisation_now::varchar as organisation_now, nation::varchar as nation, period_end from snapshot),
covered as (
  select 'coverage' as section, 'months reported' as item, organisation as area, last as period_end, n / months as value, 'share' as unit, alert, note from coverage
),
-- Employers that reported in the month before and not in this one; a merger takes a name away and no people, and one that the list closes has ended.
fell as (
  select nation, step.period_end, string_agg(organisation_now, ', ' order by organisation_now) as who, count(*) as n
  from (select period_end, lag(period_end) over (order by period_end) as before from calendar) as step
  join (select distinct nation, organisation_now, period_end as before from reported) as earlier using (before)
  anti join reported on reported.organisation_now = earlier.organisation_now and reported.period_end = step.period_end
  anti join organisation on organisation.code = earlier.organisation_now and organisation.valid_to < step.period_end
  group by nation, step.period_end
),
reporting as (
  select 'reporting' as section, 'organisations reporting' as item, nation as area, period_end, count(organisation)::double as value, 'organisations' as unit,
    any_value(fell.n) is not null or (value = 0 and period_end > first) as alert,
    case when value = 0 and period_end not in (from month) then 'no workforce extract tells of this month'
      when value = 0 then 'no figure of the United Kingdom is given where it would be without it'
      when any_value(fell.n) > 6 then 'without ' || any_value(fell.n) || ' that reported in the month before'
      else 'without ' || any_value(fell.who) end as note
  from (select nation, min(period_end) as first from reported group by nation) cross join calendar left join reported using (nation, period_end)
  left join fell using (nation, period_end)
  group by nation, period_end, first
),
changed as (
  select 'coverage' as section, 'people seen again' as item, organisation as area, closing as period_end, null::double as value, null as unit, true as alert,
    'hardly anybody of ' || strftime(opening, '%Y-%m') || ' is seen again in ' || strftime(closing, '%Y-%m') || ': other people, or other pseudonyms' as note
  from new_people
),
unknown as (
  select 'unknown_share' as section, "set" as item, area, protected_public.period_end,
    sum(value) filter (where a = 'unknown') / nullif(sum(value), 0) as value, sum(value) as base
  from protected_public join latest on latest.period_end = protected_public.period_end
  where grain = 'quarter' and level in ('uk', 'nation') and "set" in ('sex', 'ethnic_group', 'age_band', 'disability', 'stage', 'tenure_band', 'leaving_reason', 'destination')
    and tally = case when "set" in ('leaving_reason', 'destination') then 'leavers_by_reason' else 'headcount' end::tally_t
  group by all
),
rejects as (
  select file.extract, quarantine.column_name, regexp_replace(quarantine.reason, ' of line [0-9]+$', ' of an earlier line') as reason, count(distinct (quarantine.source_file, quarantine.line)) as n,
    count(distinct quarantine.source_file) as files
  from quarantine join received_file as file on file.number = quarantine.source_file
  group by all
),
supplied as (select extract, count(*) as files from received_file group by extract),
uncounted as (
  select coalesce(left_out, '') as item, count(*) as n, sum(n) over () as "of" from judged group by left_out
),
-- The rule of each nation for the rows that count, as at its latest month (sql/reference/eligibility.csv).
ruled as (
  select rule.nation, replace(contracts_left_out, ' ', ' and ') || ' contracts, posts ' || case when minimum_fte::decimal(8, 5) > 0 then 'below ' || minimum_fte else 'of 0' end || ' FTE' as item,
    rule.source
  from eligibility as rule join (select nation, max(period_end) as period_end from reported group by nation) as told using (nation)
  where told.period_end >= coalesce(rule.valid_from, date '1900-01-01') and told.period_end <= coalesce(rule.valid_to, date '2999-12-31')
),
miscoded as (
  select unnest([{item: 'occupation code in no list', n: count(*) filter (where kind = 'unknown'), among: 'posts', of: count(*)},
    {item: 'support code at band 6 or above', n: count(*) filter (where kind = 'support' and definition in ('core', 'standard') and band_rank >= 5), among: 'support posts',
      of: count(*) filter (where kind = 'support' and definition in ('core', 'standard'))},
    {item: 'registered code at band 4 or below', n: count(*) filter (where kind = 'registered' and band_rank <= 3), among: 'registered posts', of: count(*) filter (where kind = 'registered')}],
    recursive := true)
  from post
),
residual as (
  select found.*, coalesce(category.label, 'All staff groups') as label, abs(unexplained) > greatest(5, 0.03 * start_headcount) as alert
  from published_reconciliation as found left join release_category as category on category.dimension = 'staff_group' and category.code = found.staff_group
  where level = 'organisation'
),
-- From published cells: net reclassification beyond max(5, 3 %) and three standard deviations of the protection of both counts.
recoded as (
  select area::varchar as area, period_end, sum(value) filter (where tally = 'reclassified_in') as came, sum(value) filter (where tally = 'reclassified_out') as went,
    coalesce(came, 0) - coalesce(went, 0) as net, sum(value) filter (where tally = 'headcount_start') as start_headcount
  from protected_public where "set" = '' and grain = 'quarter' and level = 'organisation' and tally in ('reclassified_in', 'reclassified_out', 'headcount_start')
  group by all
),
feed_latest as (select feed, max(period_end) as period_end from published_row group by feed),
-- Counts of people who stand out stay with the operator; everybody sees shares of all together, to the nearest 5 %.
alike as (
  select unnest([{item: 'the only one', n: one}, {item: 'one of two', n: two}, {item: 'one of fewer than five', n: under_five}], recursive := true), people
  from uniqueness where organisation is null and "by" = 'all' and people >= 100
),
newest as (select max(period_end) as period_end from (select latest as period_end from months union all select period_end from feed_latest))
select section, item, area, period_end, coalesce(value, 0)::double as value, 'share' as unit, coalesce(value, 0) > 0.2 as alert,
  'share of ' || case when item in ('leaving_reason', 'destination') then 'leavers' else 'people' end || ' with this not recorded' as note
from unknown where base >= 30
union all by name select * from covered
union all by name select * from changed
union all by name select * from reporting
union all by name
select 'staleness' as section, 'workforce extracts' as item, nation as area, max(period_end) as period_end, datediff('month', max(period_end), (select latest from months))::double as value,
  'months' as unit, max(period_end) < (select latest from months) as alert, 'behind the latest month of any nation' as note
from reported group by nation
union all by name
select 'staleness' as section, title as item, null as area, period_end, datediff('month', period_end, (select period_end from newest))::double as value,
  'months' as unit, datediff('month', period_end, (select period_end from newest)) > 24 as alert, 'behind the latest month of anything loaded' as note
from feed_latest join published_feed using (feed)
union all by name
select 'rejects' as section, concat_ws(' ', column_name, reason) as item, null as area, null::date as period_end, n::double as value, 'rows' as unit, false as alert,
  extract || ', ' || rejects.files || ' of ' || supplied.files || ' files' as note
from rejects join supplied using (extract)
union all by name
select 'not_counted' as section, item, null as area, null::date as period_end, round(n / "of", 4)::double as value, 'share' as unit, false as alert,
  'share of workforce rows, loaded and left out of every figure by rule' as note
from uncounted where item <> ''
union all by name
select 'eligibility' as section, item, nation as area, null::date as period_end, null::double as value, null as unit, false as alert, source as note from ruled
union all by name
select 'miscoding' as section, item, null as area, null::date as period_end, round(coalesce(n / nullif("of", 0), 0), 4)::double as value, 'share' as unit,
  coalesce(n / nullif("of", 0), 0) > 0.01 as alert, 'share of ' || among || ', all months together' as note
from miscoded
union all by name
select 'uniqueness' as section, item, null as area, null::date as period_end, round(20 * n / people) / 20 as value, 'share' as unit, false as alert,
  'share of people with all that the extracts record of them, to the nearest 5 %' as note
from alike
union all by name
select 'override' as section, sent_code || ' read as ' || use_code as item, null as area, null::date as period_end, null::double as value, null as unit, false as alert,
  string_agg(distinct reason, '; ' order by reason) as note
from override_applied group by sent_code, use_code
union all by name
select 'residual' as section, label as item, area, period_end, unexplained::double as value, 'people' as unit, true as alert,
  format('start {:,} + joiners {:,} − leavers {:,} against end {:,}', start_headcount, joiners, leavers, end_headcount) as note
from residual where alert
union all by name
select 'reclassified' as section, 'net reclassification in the quarter' as item, area, period_end, net::double as value, 'people' as unit, true as alert,
  format('{:,} coded in, {:,} coded out, of {:,} at the start', coalesce(came, 0), coalesce(went, 0), start_headcount) as note
from recoded where start_headcount > 0 and abs(net) > greatest(5, 0.03 * start_headcount) and abs(net) > 10.6
union all by name
select 'residual' as section, 'organisations and staff groups above max(5, 3 %)' as item, feed as area, period_end, count(*) filter (where alert)::double as value, 'count' as unit,
  false as alert, 'of ' || count(*) || '; ' || count(*) filter (where unexplained = 0) || ' in balance to the person' as note
from residual group by feed, period_end
union all by name
select 'total' as section, tally || ' by ' || replace("set", '_', ' ') as item, area, period_end, round(apart, 1) as value, if(tally ilike '%fte%', 'FTE', 'people') as unit, true as alert,
  format('parts {:,.10g}, ', round(parts, 1)) || coalesce(format('printed total {:,.10g}', round(total, 1)), 'no total printed') as note
from published_total where alert
union all by name
select 'total' as section, 'totals above max(5, 3 %), or not printed' as item, feed as area, period_end, count(*) filter (where alert)::double as value, 'count' as unit, false as alert,
  format('of {:,}', count(*)) as note
from published_total group by feed, period_end
union all by name
select 'withheld' as section, withheld as item, title as area, max(period_end) as period_end, count(*)::double as value, 'count' as unit, false as alert,
  'of ' || (select count(*) from published_row as told where told.feed = published_row.feed) || ' figures of the publication; none of them is 0 here' as note
from published_row join published_feed using (feed) where withheld is not null group by feed, title, withheld
union all by name
select 'plausibility' as section, "check" as item, area, period_end, share as value, 'share' as unit, true as alert, note from accepted_finding
union all by name
select 'plausibility' as section, 'unchanged' as item, area, period_end, null::double as value, null as unit, true as alert, 'nothing at all changed from the month before' as note
from finding where not stops
union all by name
select distinct 'plausibility' as section, 'left out' as item, organisation as area, period_end, null::double as value, null as unit, true as alert,
  'what was sent is not believed: it counts as silent for the month' as note
from left_out_month
union all by name
select 'ledger' as section, 'organisations and periods out of balance' as item, null as area, null::date as period_end,
  (select count(*) from imbalance)::double as value, 'count' as unit, (select count(*) from imbalance) > 0 as alert, 'start + in − out = end, heads and FTE' as note;
