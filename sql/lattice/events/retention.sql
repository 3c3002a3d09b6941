-- The period life table: every month in post, at the time since joining the organisation that it falls in. People already in post when
-- the extracts begin enter at their tenure (delayed entry); nobody is followed past 60 months. The weight is months of exposure.
insert into event by name
with months as (
  select *,
    case when start_tenure_months < 36 then 3 * (start_tenure_months // 3) else 12 * (start_tenure_months // 12) end as elapsed_months,
    case when month(closing) <= 3 then year(closing) else year(closing) + 1 end as year_ending,
    year(opening - to_months(start_tenure_months::integer)) + (month(opening - to_months(start_tenure_months::integer)) > 3)::integer as joined_year
  from ledger where grain = 'month' and at_start and start_tenure_months between 0 and 59
), spell as (
  select make_date(year_ending, 3, 31) as period_end, person, 'elapsed_' || lpad(elapsed_months::varchar, 2, '0') as elapsed,
    'cohort_' || greatest(joined_year, year_ending - 5) as cohort,
    arg_max(start_organisation, closing) as organisation, arg_max(start_profession, closing) as profession, arg_max(start_band, closing) as band,
    arg_max(start_stage, closing) as stage, arg_max(start_sex, closing) as sex, arg_max(start_ethnic_group, closing) as ethnic_group,
    arg_max(start_age_band, closing) as age_band, arg_max(start_disability, closing) as disability,
    count(*)::integer as exposure,
    bool_or(left_organisation and not to_registered) as exits_left, bool_or(to_registered) as exits_registered
  from months
  -- A year that is not over would be published again, and differently, with every further month.
  where make_date(year_ending, 3, 31) in (select closing from pair where grain = 'month')
  group by all
)
select 'retention' as family, 'year' as grain, period_end, 'r|' || period_end || '|' || elapsed as key_period, person, organisation, profession, band, stage, sex,
  ethnic_group, age_band, disability, cohort, elapsed, tally, case when tally = 'at_risk' then exposure end as weight
from (
  select *, unnest(list_filter([
    'at_risk',
    case when exits_left then 'exits_left' end,
    case when exits_registered then 'exits_registered' end
  ], lambda x: x is not null)) as tally
  from spell
);
