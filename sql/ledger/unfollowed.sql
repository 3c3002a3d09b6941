-- Organisations whose people cannot be followed through a window, because the organisation, or what it has become, sent nothing at the other end: whether
-- they stayed, left or joined is not known, and a file that is late, or a nation that reports by quarter, is not mass leaving. They are in no movement of
-- that window and in neither of the headcounts that movements are set against. An employer that the list of organisations ends or begins meanwhile has closed
-- or opened; where most of its people are seen elsewhere it was moved; one or two people may well have left or joined.
create or replace table unfollowed as
with sent as (
  select distinct organisation, period_end from reporting where received
), known as (
  select code::area_t as code, in_use_from, coalesce(valid_to, date '2999-12-31') as valid_to from organisation
), heir as (
  select ending.closing, sending.organisation, unnest(coalesce(employer.successors, [sending.organisation])) as latest
  from (select distinct closing from pair) as ending cross join (select distinct organisation from sent) as sending
  left join employer on employer.closing = ending.closing and employer.code = sending.organisation
), arrived as (
  select heir.closing, heir.latest, sent.period_end from heir join sent on sent.organisation = heir.organisation
), silent as (
  select pair.*, sent.organisation, 'start' as side, pair.opening as seen, pair.closing as other
  from pair join sent on sent.period_end = pair.opening
  anti join (
    select heir.closing, heir.organisation from heir join sent as later on later.organisation = heir.latest and later.period_end = heir.closing
    union select heir.closing, heir.organisation from heir join known on known.code = heir.latest and known.valid_to < heir.closing
  ) as followed on followed.closing = pair.closing and followed.organisation = sent.organisation
  union all by name
  select pair.*, sent.organisation, 'end' as side, pair.closing as seen, pair.opening as other
  from pair join sent on sent.period_end = pair.closing
  join known on known.code = sent.organisation and known.in_use_from <= pair.opening
  anti join (
    select distinct heir.closing, heir.organisation, arrived.period_end from heir join arrived on arrived.closing = heir.closing and arrived.latest = heir.latest
  ) as followed on followed.closing = pair.closing and followed.organisation = sent.organisation and followed.period_end = pair.opening
), counted as (
  select silent.grain, silent.opening, silent.closing, silent.organisation, silent.side, count(*) as people, count(again.person) as elsewhere
  from silent join snapshot on snapshot.organisation = silent.organisation and snapshot.period_end = silent.seen
  left join snapshot as again on again.person = snapshot.person and again.period_end = silent.other
  group by all
)
select grain, opening, closing, organisation, side from counted where people >= 3 and 2 * elsewhere < people;
