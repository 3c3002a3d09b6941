-- Where the people in post at the start of a year were at its end.
insert into event by name
select 'transitions' as family, grain, closing as period_end, 'f|' || opening || '|' || closing as key_period, person,
  start_organisation as organisation, start_profession as profession, start_band as band, start_stage as stage, start_sex as sex,
  start_ethnic_group as ethnic_group, start_age_band as age_band, start_disability as disability, start_tenure_band as tenure_band,
  case
    when to_registered then 'registered'
    when not seen_at_end and went_inactive then 'inactive'
    when left_support then 'left'
    when not seen_at_end then 'inactive'
    when end_apprentice then 'apprentice'
    else end_band
  end as to_state,
  case
    when to_registered then 'registered'
    when not seen_at_end and went_inactive then 'inactive'
    when left_support then 'left'
    when not seen_at_end then 'inactive'
    when end_apprentice then 'apprentice'
    else end_stage
  end as to_stage,
  'transitions' as tally
from ledger where grain = 'year' and at_start;
