create table if not exists accepted_finding (name varchar, "check" varchar, level varchar, area varchar, period_end date, share double, reason varchar, note varchar);
create table if not exists untold (organisation area_t, opening date, closing date, tally varchar);
-- Who sent their staff, for the release, and what that does to figures. Sizes are latest public counts, so that a share tells no more than they do.
create or replace table release_reporting as
select organisation::varchar as organisation, period_end, received from reporting;

-- Marks of figures: what a reader has to know of a place and a period. `of` says which figures are meant: those of a day (stock), of a window (flow), or those
-- made of one tally. Not available: the place itself sent nothing, or, for a stock, less than 95 % of its last known staff are reported. Movements and rates are
-- those of the employers that can be followed, whatever their share, which the note says.
create or replace table release_mark as
with dated as (
  select grain, period_end from release_period
), size as (
  select area::varchar as organisation, period_end, value from protected_public
  where "set" = '' and grain = 'quarter' and level = 'organisation' and tally = 'headcount' and value is not null
), told as (
  select dated.grain, dated.period_end, 'stock' as "of", reporting.organisation::varchar as organisation, received
  from dated join reporting on reporting.period_end = dated.period_end
  union all by name
  select distinct pair.grain, pair.closing as period_end, 'flow' as "of", reporting.organisation::varchar as organisation, unfollowed.side is null and (received or reporting.period_end = pair.opening) as received
  from pair join reporting on reporting.period_end in (pair.opening, pair.closing)
  left join unfollowed on unfollowed.grain = pair.grain and unfollowed.closing = pair.closing and unfollowed.organisation = reporting.organisation
  union all by name
  select 'year' as grain, pair.closing as period_end, what.tally as "of", reporting.organisation::varchar as organisation, untold.tally is null as received
  from pair cross join (select unnest(['training_eligible', 'cpd_hours_known']) as tally) as what
  join reporting on reporting.period_end = pair.closing and received
  left join untold on untold.closing = pair.closing and untold.organisation = reporting.organisation and untold.tally = what.tally
  where pair.grain = 'year'
), once as (
  select grain, period_end, "of", organisation, bool_and(received) as received from told group by all
), sized as (
  select once.*, coalesce(arg_max(size.value, size.period_end), 0) as people
  from once left join size on size.organisation = once.organisation and size.period_end <= once.period_end
  group by all
), placed as (
  select sized.*, organisation.label, unnest([
    {level: 'uk', area: 'uk'}, {level: 'nation', area: organisation.nation}, {level: 'region', area: organisation.region},
    {level: 'system', area: organisation.system}, {level: 'organisation', area: organisation.code}
  ]) as place
  from sized join organisation on organisation.code = sized.organisation
), summed as (
  select grain, place.level as level, place.area as area, period_end, "of", count(*)::integer as employers, (count(*) filter (where received))::integer as reporters,
    coalesce(sum(people) filter (where received) / nullif(sum(people), 0), reporters / employers) as share,
    list(label || ' (' || organisation || ')' order by people desc, organisation) filter (where not received) as missing
  from placed where place.area is not null group by all having reporters < employers
)
select grain, level, area, period_end, "of", 'INCOMPLETE' as kind, level <> 'organisation' and if("of" = 'stock', share >= 0.95, share > 0) as available, reporters, employers, round(share, 2) as share,
  case when level = 'organisation' then case "of"
      when 'stock' then 'sent nothing for this day: how many people work there is not known, and not 0'
      when 'flow' then 'sent nothing at one end of the period: who stayed, left or joined is not known'
      when 'cpd_hours_known' then 'has CPD without its hours: how many there were is not known, and not 0'
      else 'sent nothing on training: nobody’s training is known, and is not none' end
    else reporters || ' of ' || employers || ' employers, with ' || case when share >= 1 then 'nearly all' else floor(100 * share)::integer || ' %' end
      || ' of the last known staff; without ' || array_to_string(missing[:5], ', ') || case when len(missing) > 5 then ' and ' || (len(missing) - 5) || ' more' else '' end
      || case "of" when 'stock' then '' when 'flow' then ', in numerator and denominator alike'
        when 'cpd_hours_known' then ', who did not record hours of CPD' else ', who sent nothing on training' end end as note
from summed
union all by name
-- What was let pass marks the figures of its place: those of its last day, and those of the windows that it lies in. A system that is one organisation is marked with it.
select period.grain, place.level, place.area, period.period_end, unnest(case when period.period_end = accepted.period_end then ['stock', 'flow'] else ['flow'] end) as "of",
  'ACCEPTED' as kind, true as available, null as reporters, null as employers, accepted.share, accepted.note
from accepted_finding as accepted
left join organisation on accepted.level = 'organisation' and organisation.code = accepted.area
cross join (select unnest(['organisation', 'system', 'nation', 'uk']) as level) as levels
join lateral (select levels.level, case
    when accepted.level = levels.level then accepted.area
    when accepted.level = 'organisation' and levels.level = 'system' and organisation.nation <> 'england' then organisation.system
    when accepted.level = 'nation' and levels.level = 'uk' then 'uk' end as area) as place on place.area is not null
join release_period as period on period.period_end >= accepted.period_end and period.period_start <= accepted.period_end;
