-- Development in the twelve months to 31 March, of people in post at both ends (so with twelve months in which it could happen).
insert into event by name
with eligible as (
  select opening, closing, 'f|' || opening || '|' || closing as key_period, person, end_organisation as organisation, end_profession as profession,
    end_band as band, end_stage as stage, end_sex as sex, end_ethnic_group as ethnic_group, end_age_band as age_band,
    end_disability as disability, end_tenure_band as tenure_band, end_fte as fte
  from ledger where grain = 'year' and at_start and at_end
), done as (
  select eligible.opening, eligible.person,
    bool_or(activity = 'appraisal' and event_date > opening) as appraised,
    bool_or(activity = 'pdp' and event_date > opening) as pdp,
    bool_or(activity = 'career_conversation' and event_date > opening) as career_conversation,
    bool_or(activity = 'mandatory_training' and valid_to >= closing) as mandatory_compliant,
    bool_or(activity = 'cpd' and event_date > opening) as cpd_participants,
    -- One person’s hours stop at 200 a year, so that the noise on a sum has a bound that may be stated.
    least(2000, round(10 * sum(hours) filter (where activity = 'cpd' and event_date > opening)))::integer as cpd_hours,
    bool_or(activity = 'supervision' and event_date > closing - interval 3 month) as supervised
  from eligible
  join person on person.person = eligible.person
  join (select person_id, event_date, valid_to, hours, activity::varchar as activity from training) as training
    on training.person_id = person.person_id and training.event_date <= eligible.closing
  group by all
), flagged as (
  select eligible.*, done.cpd_hours, unnest(list_filter([
    'training_eligible',
    case when done.appraised then 'appraised' end,
    case when done.pdp then 'pdp' end,
    case when done.career_conversation then 'career_conversation' end,
    case when done.mandatory_compliant then 'mandatory_compliant' end,
    case when done.cpd_participants then 'cpd_participants' end,
    case when done.supervised then 'supervised' end
  ], lambda x: x is not null)) as tally
  from eligible left join done on done.opening = eligible.opening and done.person = eligible.person
)
select 'training' as family, 'year' as grain, closing as period_end, key_period, person, organisation, profession, band, stage, sex,
  ethnic_group, age_band, disability, tenure_band, tally, case tally when 'cpd_participants' then cpd_hours when 'training_eligible' then fte end as weight
from flagged;
