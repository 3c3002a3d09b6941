-- People whose employer sent nothing at the other end of a window, where they are not seen either: whether they left or joined cannot be told, and a
-- file that is late, or a nation that reports by quarter, is not mass leaving. The ledger leaves them out of that window. An employer that the list
-- of organisations ends or begins meanwhile has closed or opened; one of fewer than ten people may well have none left.
create or replace table unreported as
with reported as (
  select distinct organisation_now, period_end from post
), size as (
  select organisation_now, period_end from snapshot group by all having count(*) >= 10
), silent as (
  select pair.*, size.organisation_now, size.period_end as seen, if(size.period_end = pair.opening, pair.closing, pair.opening) as other
  from pair join size on size.period_end in (pair.opening, pair.closing)
  join (select code::area_t as organisation_now, in_use_from, coalesce(valid_to, date '2999-12-31') as valid_to from organisation) as known
    on known.organisation_now = size.organisation_now
  where if(size.period_end = pair.opening, valid_to >= pair.closing, in_use_from <= pair.opening)
)
select silent.grain, silent.closing, snapshot.person
from silent anti join reported on reported.organisation_now = silent.organisation_now and reported.period_end = silent.other
join snapshot on snapshot.period_end = silent.seen and snapshot.organisation_now = silent.organisation_now
anti join snapshot as elsewhere on elsewhere.period_end = silent.other and elsewhere.person = snapshot.person;
