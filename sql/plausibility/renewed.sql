-- Organisations whose people were given other pseudonyms: nobody can be followed, so that sizes and shares of the two months are set beside each other where the
-- change was announced (`renewed_accepted`); where it was not, the build is refused for it already, and its people are not told as lost as well.
delete from verdict where level = 'organisation' and "check" not in ('quarantined', 'posts') and (area, month) in (select (organisation::area_t, month_number(closing)) from new_people);
delete from verdict where level = 'nation' and "check" in ('lost', 'strangers')
  and (area::varchar, month) in (select (nation, month_number(closing)) from new_people join organisation on organisation.code = new_people.organisation);
-- In such a month employers of which nearly everybody is new or gone, and those of fewer than ten people, too few to tell by themselves, have most likely other
-- pseudonyms too.
delete from verdict where level = 'organisation' and "check" in ('lost', 'strangers') and (base < 12 or statistic >= 0.9 * base) and month in (select month_number(closing) from new_people);
insert into verdict by name
with pair_of as (
  select organisation::area_t as area, month_number(opening) as opening, month_number(closing) as month from new_people where getvariable('renewed_accepted')
), size as (
  select pair_of.*, was.people as people_before, now.people, was.fte / was.people as fte_was, now.fte / now.people as fte_now, was.posts / was.people as posts_was, now.posts / now.people as posts_now
  from pair_of join place_month as was on was.level = 'organisation' and was.area = pair_of.area and was.month = pair_of.opening
  join place_month as now on now.level = 'organisation' and now.area = pair_of.area and now.month = pair_of.month
), valued as (
  select pair_of.area, pair_of.month, staff_month.month = pair_of.month as now, unnest([
    {what: 'sex', value: sex_of(traits)}, {what: 'age', value: age_of(traits)}, {what: 'bands', value: band_of(traits)}, {what: 'contracts', value: contract_of(traits)}
  ], recursive := true)
  from pair_of join staff_month on staff_month.level = 'organisation' and staff_month.area = pair_of.area and staff_month.month in (pair_of.opening, pair_of.month)
), shares as (
  select area, month, what, value, count(*) filter (where now) / sum(count(*) filter (where now)) over whole as share_now,
    count(*) filter (where not now) / sum(count(*) filter (where not now)) over whole as share_was
  from valued group by area, month, what, value window whole as (partition by area, month, what)
), apart as (
  select area, month, what, people * sum(abs(share_now - share_was)) / 2 as moved, people from shares join size using (area, month) group by area, month, what, people
), told as (
  select area, month, 'people' as what, abs(people - people_before)::double as statistic, moved_limit(0.18, people_before)::double as stops_at, people_before as base from size
  union all by name select area, month, what, moved as statistic, moved_limit(case what when 'age' then 0.15 when 'contracts' then 0.30 else 0.10 end, people) as stops_at, people as base from apart
  union all by name select area, month, 'FTE a person' as what, abs(ln(fte_now / fte_was)) as statistic, 0.15 as stops_at, people as base from size where fte_was > 0 and fte_now > 0
  union all by name select area, month, 'posts a person' as what, abs(posts_now / posts_was - 1) as statistic, 0.25 as stops_at, people as base from size
)
select 'organisation' as level, area, month, 'renewed' as "check", statistic, stops_at, base, what from told where statistic >= stops_at;
