-- Framework domains attained by people in post at the end of the year; one row per person and domain.
insert into event by name
select distinct 'framework' as family, 'year' as grain, stock.period_end, 'd|' || stock.period_end as key_period, stock.person, stock.organisation, stock.profession,
  stock.band, stock.stage, stock.sex, stock.ethnic_group, stock.age_band, stock.disability, stock.tenure_band,
  'domain_' || training.domain::varchar as domain, 'domains_attained' as tally
from snapshot as stock
join person on person.person = stock.person
join training on training.person_id = person.person_id and training.activity::varchar = 'framework_domain' and training.domain is not null
  and training.event_date <= stock.period_end and training.outcome::varchar in ('achieved', 'completed')
where month(stock.period_end) = 3 and stock.active and stock.side = 'support';
