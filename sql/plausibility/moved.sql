-- The same people from month to month: who came, who went, who is someone else than before. One row a place and month that has a month before. Of a nation,
-- people of organisations that sent nothing at the other end have neither gone nor come.
create or replace temp macro moved_limit(share, n) as greatest(6, ceil(share * n + 0.7 * sqrt(n) - 1e-9));
create or replace temp table step as
select level, area, person, month, posts, fte, traits, state, start, organisation, lag(month) over career as seen, lag(traits) over career as was, lag(fte) over career as fte_was,
  lag(state) over career as state_was, lag(month, 2) over career as seen_before, lag(state, 2) over career as state_before, lead(month) over career as next
from staff_month
window career as (partition by level, area, person order by month);

create or replace temp table sent as select area, month from place_month where level = 'organisation';
create or replace temp table stayer as
select step.*, place.two_before, coalesce(step.seen = place.before, false) as stayed, step.state <> step.state_was as differs,
  coalesce(step.level = 'organisation' or sent.area is not null, false) as known_before, gone.person is not null and coalesce(step.start <= leaving_date, true) as gone,
  make_date((place.before - 1) // 12, (place.before - 1) % 12 + 1, 1) as month_before, last_day(make_date((step.month - 1) // 12, (step.month - 1) % 12 + 1, 1)) as period_end
from step join place_month as place on place.level = step.level and place.area = step.area and place.month = step.month and place.before is not null
left join gone on gone.person = step.person and gone.area = step.area and gone.month = step.month
left join sent on sent.area = step.organisation and sent.month = place.before;

create or replace temp table went as
select place.level, place.area, place.month, count(*) filter (where step.level = 'organisation' or sent.area is not null)::integer as lost,
  count(*) filter (where place.two_before is not null and step.seen is distinct from place.two_before and (step.level = 'organisation' or sent.area is not null))::integer as gone_after_one,
  count(gone.person)::integer as with_leaving
from place_month as place join step on step.level = place.level and step.area = place.area and step.month = place.before and step.next is distinct from place.month
left join gone on gone.person = step.person and gone.area = place.area and gone.month = place.month
left join sent on sent.area = step.organisation and sent.month = place.month
group by all;

create or replace temp table band_move as
select level, area, month, sum(moved) - max(moved) as moved, sum(people) - arg_max(people, (moved, people)) as people
from (
  select level, area, month, band_of(was) as origin, count(*)::integer as people, count(*) filter (where band_of(traits) <> band_of(was))::integer as moved
  from stayer where stayed and band_of(traits) > 0 and band_of(was) > 0 group by all
) group by all;

create or replace temp table moved as
with here as (
  select level, area, month, count(*) filter (where stayed)::integer as stayed, count(*) filter (where not stayed and known_before)::integer as joined,
    count(*) filter (where not stayed and known_before and start < month_before)::integer as strangers, count(*) filter (where start is null) / count(*) as blank_starts,
    count(*) filter (where stayed and differs)::integer as differing,
    count(*) filter (where stayed and differs and two_before is not null and seen_before = two_before and state = state_before)::integer as turned_back,
    count(*) filter (where not stayed and two_before is not null and seen = two_before)::integer as returned,
    count(*) filter (where start > period_end or (stayed and age_of(traits) > 0 and age_of(traits) < age_of(was)) or gone)::integer as impossible,
    count(*) filter (where gone)::integer as gone,
    count(*) filter (where stayed and sex_of(traits) > 0 and sex_of(was) > 0)::integer as sex_known,
    count(*) filter (where stayed and sex_of(traits) > 0 and sex_of(was) > 0 and sex_of(traits) <> sex_of(was))::integer as sex_changed,
    count(*) filter (where stayed and sex_of(was) > 0)::integer as sex_was, count(*) filter (where stayed and sex_of(was) > 0 and sex_of(traits) = 0)::integer as sex_blanked,
    count(*) filter (where stayed and ethnic_group_of(traits) > 0 and ethnic_group_of(was) > 0)::integer as ethnic_group_known,
    count(*) filter (where stayed and ethnic_group_of(traits) > 0 and ethnic_group_of(was) > 0 and ethnic_group_of(traits) <> ethnic_group_of(was))::integer as ethnic_group_changed,
    count(*) filter (where stayed and ethnic_group_of(was) > 0)::integer as ethnic_group_was,
    count(*) filter (where stayed and ethnic_group_of(was) > 0 and ethnic_group_of(traits) = 0)::integer as ethnic_group_blanked,
    count(*) filter (where stayed and age_of(traits) > 0 and age_of(was) > 0)::integer as age_known,
    count(*) filter (where stayed and age_of(traits) > 0 and age_of(was) > 0 and age_of(traits) <> age_of(was))::integer as age_changed,
    count(*) filter (where stayed and age_of(was) > 0)::integer as age_was, count(*) filter (where stayed and age_of(was) > 0 and age_of(traits) = 0)::integer as age_blanked,
    count(*) filter (where stayed and disability_of(traits) > 0 and disability_of(was) > 0)::integer as disability_known,
    count(*) filter (where stayed and disability_of(traits) > 0 and disability_of(was) > 0 and disability_of(traits) <> disability_of(was))::integer as disability_changed,
    count(*) filter (where stayed and disability_of(was) > 0)::integer as disability_was,
    count(*) filter (where stayed and disability_of(was) > 0 and disability_of(traits) = 0)::integer as disability_blanked,
    count(*) filter (where stayed and contract_of(traits) > 0 and contract_of(was) > 0)::integer as contract_known,
    count(*) filter (where stayed and contract_of(traits) > 0 and contract_of(was) > 0 and contract_of(traits) <> contract_of(was))::integer as contract_changed,
    count(*) filter (where stayed and status_of(traits) > 0 and status_of(was) > 0)::integer as status_known,
    count(*) filter (where stayed and status_of(traits) > 0 and status_of(was) > 0 and status_of(traits) <> status_of(was))::integer as status_changed,
    coalesce(sum(fte) filter (where stayed), 0) / 1000 as fte_now, coalesce(sum(fte_was) filter (where stayed), 0) / 1000 as fte_then
  from stayer group by level, area, month
)
select place.*, place.month - place.before as gap, coalesce(went.lost, 0) as lost, coalesce(went.gone_after_one, 0) as gone_after_one, here.* exclude (level, area, month),
  coalesce(band_move.moved, 0) as band_changed, coalesce(band_move.people, 0) as band_known
from place_month as place
join here on here.level = place.level and here.area = place.area and here.month = place.month
left join went on went.level = place.level and went.area = place.area and went.month = place.month
left join band_move on band_move.level = place.level and band_move.area = place.area and band_move.month = place.month
where place.before is not null;
