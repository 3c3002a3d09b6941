-- How long from joining an organisation to the first move to a higher band in it. Only people seen since the month they joined: whether those
-- already in post when the extracts begin had moved up before is not known. Followed to that step, registration, leaving or 60 months.
-- The weight is months up to the step. Whoever is no longer there leaves at the organisation that they were last in.
insert into event by name
with joined as (
  select *, last_day(opening - to_months(start_tenure_months::integer)) as joined_month,
    case when start_tenure_months < 36 then 3 * (start_tenure_months // 3) else 12 * (start_tenure_months // 12) end as elapsed_months,
    case when month(closing) <= 3 then year(closing) else year(closing) + 1 end as year_ending
  from ledger where grain = 'month' and at_start and start_tenure_months >= 0
), months as (
  select *, min(start_tenure_months) over career as seen_from,
    coalesce(sum(band_up::integer) over (career order by closing rows between unbounded preceding and 1 preceding), 0) as steps_before
  from joined
  window career as (partition by person, start_organisation_now, joined_month)
), spell as (
  select make_date(year_ending, 3, 31) as period_end, person, 'elapsed_' || lpad(elapsed_months::varchar, 2, '0') as elapsed,
    arg_max(start_organisation, closing) as organisation, arg_max(start_profession, closing) as profession, arg_max(start_band, closing) as band,
    arg_max(start_stage, closing) as stage, arg_max(start_sex, closing) as sex, arg_max(start_ethnic_group, closing) as ethnic_group,
    arg_max(start_age_band, closing) as age_band, arg_max(start_disability, closing) as disability,
    count(*)::integer as exposure, bool_or(band_up and not left_organisation) as stepped_up,
    bool_or(left_organisation and not to_registered) as went, bool_or(to_registered) as registered
  from months
  where seen_from = 0 and steps_before = 0 and start_tenure_months < 60
    -- A year that is not over would be published again, and differently, with every further month.
    and make_date(year_ending, 3, 31) in (select closing from pair where grain = 'month')
  group by all
)
select 'first_step' as family, 'year' as grain, period_end, 'u|' || period_end || '|' || elapsed as key_period, person, organisation, profession, band, stage,
  sex, ethnic_group, age_band, disability, elapsed, tally, case when tally = 'unstepped' then exposure end as weight
from (
  select *, unnest(list_filter([
    'unstepped',
    case when stepped_up then 'first_steps' end,
    case when went and not stepped_up then 'unstepped_left' end,
    case when registered and not stepped_up then 'unstepped_registered' end
  ], lambda x: x is not null)) as tally
  from spell
);
