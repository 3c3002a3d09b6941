-- Each workforce row that counts, with its codes resolved, at the workplace: who employs the person elsewhere stays in `workforce`.
-- Active: in paid work in the post, by DHSC's list of active statuses (Workforce-Package, Joiner Leaver Functions).
create or replace table post as
select
  person.person, workforce.period_end, workforce.assignment_id, workforce.organisation_code::area_t as organisation,
  coalesce(split_follower.latest, lineage.latest, workforce.organisation_code)::area_t as organisation_now,
  coalesce(occupation.kind, 'unknown') as kind,
  occupation.profession::category_t as profession, coalesce(occupation.definition, '') as definition,
  coalesce(band.code, 'other_band')::category_t as band, case when band.code <> 'other_band' then band.sort end as band_rank,
  coalesce(workforce.stage::varchar, case
    when occupation.code like 'S5%' then 'assistant_practitioner'
    when occupation.kind = 'support' and band.code = 'band_3' then 'senior_support_worker'
    when occupation.kind = 'support' and band.code = 'band_2' then 'support_worker'
  end, 'unknown')::category_t as stage,
  case when workforce.stage is not null then 'recorded' when occupation.kind = 'support' then 'derived' else 'unknown' end as stage_source,
  coalesce(workforce.apprentice, false) as apprentice,
  round(workforce.contracted_fte * 1000)::integer as fte,
  workforce.assignment_status::varchar in ('active', 'acting_up', 'internal_secondment') as active,
  workforce.organisation_start_date,
  coalesce(sex.code, 'unknown')::category_t as sex,
  coalesce(ethnic_group.code, 'unknown')::category_t as ethnic_group,
  coalesce(age_band.code, 'unknown')::category_t as age_band,
  coalesce(disability.code, 'unknown')::category_t as disability
from judged as workforce
join person on person.person_id = workforce.person_id
left join lineage on lineage.code = workforce.organisation_code
left join split_follower on split_follower.person_id = workforce.person_id and split_follower.code = workforce.organisation_code
left join override_applied as override
  on override.sent_code = workforce.occupation_code and override.organisation = workforce.organisation_code and override.band = workforce.band
  and override.period_end = workforce.period_end
left join occupation_code as occupation
  on occupation.code = coalesce(override.use_code, workforce.occupation_code)
  and workforce.period_end >= coalesce(occupation.valid_from, date '1900-01-01') and workforce.period_end <= coalesce(occupation.valid_to, date '2999-12-31')
left join band on band.source_value = lower(workforce.band::varchar)
left join sex on sex.source_value = lower(workforce.sex::varchar)
left join ethnic_group on ethnic_group.source_value = upper(workforce.ethnic_group::varchar)
left join age_band on age_band.source_value = lower(workforce.age_band::varchar)
left join disability on disability.source_value = lower(workforce.disability::varchar)
where workforce.left_out is null;
