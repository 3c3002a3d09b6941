-- Development in the twelve months to 31 March, of people in post at both ends (so with twelve months in which it could happen).
create or replace temp table developed as
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
    -- One person’s hours stop at 200 a year, so that the noise on a sum has a bound that may be stated. A course without its hours leaves them unknown.
    case when bool_and(hours is not null) filter (where activity = 'cpd' and event_date > opening)
      then least(2000, round(10 * sum(hours) filter (where activity = 'cpd' and event_date > opening)))::integer end as cpd_hours,
    bool_or(activity = 'supervision' and event_date > closing - interval 3 month) as supervised,
    bool_or(event_date > opening) as told
  from eligible
  join person on person.person = eligible.person
  join (select person_id, event_date, valid_to, hours, activity::varchar as activity from training) as training
    on training.person_id = person.person_id and training.event_date <= eligible.closing
  group by all
)
select eligible.*, done.* exclude (opening, person) from eligible left join done on done.opening = eligible.opening and done.person = eligible.person;

-- What an employer recorded of nobody is not known of anybody: training at all, of ten people or more; hours, where most courses are without.
create or replace table untold as
with told as (
  select organisation, opening, closing, count(*) as people, count(*) filter (where told) as told, count(*) filter (where cpd_participants) as participants,
    count(*) filter (where cpd_participants and cpd_hours is null) as blank
  from developed group by all
)
select organisation, opening, closing, 'training_eligible' as tally from told where people >= 10 and told = 0
union all
select organisation, opening, closing, 'cpd_hours_known' as tally from told
where (people >= 10 and told = 0) or (blank > 0 and (blank = participants or blank > greatest(2, participants / 10)));

insert into event by name
with known as (
  select developed.*, no_training.organisation is null as training_known,
    no_hours.organisation is null and not (coalesce(cpd_participants, false) and cpd_hours is null) as hours_known
  from developed
  left join untold as no_training on no_training.organisation = developed.organisation and no_training.closing = developed.closing and no_training.tally = 'training_eligible'
  left join untold as no_hours on no_hours.organisation = developed.organisation and no_hours.closing = developed.closing and no_hours.tally = 'cpd_hours_known'
), flagged as (
  select *, unnest(list_filter([
    'training_eligible',
    case when appraised then 'appraised' end,
    case when pdp then 'pdp' end,
    case when career_conversation then 'career_conversation' end,
    case when mandatory_compliant then 'mandatory_compliant' end,
    case when cpd_participants then 'cpd_participants' end,
    case when hours_known then 'cpd_hours_known' end,
    case when supervised then 'supervised' end
  ], lambda x: x is not null)) as tally
  from known where training_known
)
select 'training' as family, 'year' as grain, closing as period_end, key_period, person, organisation, profession, band, stage, sex,
  ethnic_group, age_band, disability, tenure_band, tally,
  case when tally = 'cpd_participants' and hours_known then cpd_hours when tally = 'cpd_hours_known' then fte end as weight
from flagged;
drop table developed;
