-- Apprenticeships of the year, in the categories of the apprentice's latest support post in it.
insert into event by name
with years as (select opening, closing from pair where grain = 'year'),
latest as (
  select years.opening, years.closing, snapshot.* exclude (period_end)
  from years join snapshot on snapshot.period_end between years.opening and years.closing and snapshot.side = 'support'
  qualify row_number() over (partition by years.closing, snapshot.person order by snapshot.period_end desc) = 1
), apprenticeship as (
  select person.person, coalesce(standard.code, 'unknown') as standard,
    min(event_date) filter (where outcome::varchar = 'started') as started,
    min(event_date) filter (where outcome::varchar in ('achieved', 'completed')) as achieved,
    min(event_date) filter (where outcome::varchar = 'withdrawn') as withdrawn
  from training
  join person on person.person_id = training.person_id
  left join apprenticeship_standard as standard on upper(standard.code) = upper(training.standard_code::varchar)
  where activity::varchar = 'apprenticeship'
  group by all
)
select 'apprenticeships' as family, 'year' as grain, closing as period_end, 'a|' || closing as key_period, person, organisation, profession, band, stage,
  sex, ethnic_group, age_band, disability, tenure_band, standard, tally
from (
  select latest.*, apprenticeship.standard, unnest(list_filter([
    case when started > opening and started <= closing then 'apprenticeship_starts' end,
    case when started <= closing and coalesce(achieved, withdrawn, date '2999-01-01') > closing then 'apprenticeship_in_learning' end,
    case when achieved > opening and achieved <= closing then 'apprenticeship_achievements' end,
    case when withdrawn > opening and withdrawn <= closing then 'apprenticeship_withdrawals' end,
    case when achieved > opening and achieved <= closing and registered.person is not null then 'apprenticeship_to_registered' end
  ], lambda x: x is not null)) as tally
  from latest
  join apprenticeship on apprenticeship.person = latest.person
  left join snapshot as registered
    on registered.person = latest.person and registered.period_end = latest.closing and registered.side = 'registered' and registered.active
);
