-- One row per person and month end: the main post, which is the active one with the largest FTE, then the earliest start, then the
-- lowest assignment id. FTE and posts are those of all the person's active posts on the same side (support or registered).
create or replace table snapshot as
with side as (
  select *,
    case
      when kind = 'support' and definition in ('core', 'standard') then 'support'
      when kind = 'registered' then 'registered'
      else 'other'
    end as side,
    definition = 'core' as core,
    definition in ('core', 'standard') or (definition = 'broad' and coalesce(band_rank, 9) <= 3) as broad
  from post
), ranked as (
  select *,
    row_number() over main as place,
    sum(case when active then fte else 0 end) over (partition by person, period_end, side) as side_fte,
    count(*) filter (where active) over (partition by person, period_end, side) as side_roles
  from side
  window main as (partition by person, period_end order by active desc, fte desc, organisation_start_date nulls last, assignment_id)
)
select
  person, period_end, assignment_id, organisation, organisation_now, nation, region, system, side, core, broad, profession, band, band_rank,
  stage, stage_source, apprentice, side_fte::integer as fte, side_roles::integer as roles, active, organisation_start_date,
  datediff('month', organisation_start_date, period_end) as tenure_months,
  (case
    when organisation_start_date is null or organisation_start_date > period_end then 'unknown'
    when datediff('month', organisation_start_date, period_end) < 12 then 'tenure_under_1'
    when datediff('month', organisation_start_date, period_end) < 24 then 'tenure_1_to_2'
    when datediff('month', organisation_start_date, period_end) < 60 then 'tenure_2_to_5'
    when datediff('month', organisation_start_date, period_end) < 120 then 'tenure_5_to_10'
    else 'tenure_10_plus'
  end)::category_t as tenure_band,
  sex, ethnic_group, age_band, disability
from ranked
join (select code::area_t as code, nation::area_t as nation, region::area_t as region, system::area_t as system from organisation) as organisation
  on organisation.code = ranked.organisation
where place = 1;
