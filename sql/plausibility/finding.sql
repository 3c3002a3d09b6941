-- Findings by name (`lost:RAX:2026-03`), those that explain others first. One that stops at a fifth of a nation's employers, and at two or more, is one of the nation. A month
-- without any change stops where nine were usual; where fewer were, or where an employer has fewer than six months of its own, it is told, and stops when somebody is there who
-- has left, when four employers of a month are so, or when nations are so of which nine were usual together.
create or replace temp table finding as
with placed as (
  select verdict.*, organisation.nation, make_date((month - 1) // 12, (month - 1) % 12 + 1, 1) as day,
    case when "check" <> 'unchanged' then true
      when level = 'organisation' then (statistic >= 9 and not short) or what is not null or count(*) filter (where "check" = 'unchanged' and (statistic < 9 or short)) over alike >= 4
      else sum(statistic) filter (where "check" = 'unchanged') over alike >= 9 end as stops
  from verdict left join organisation on verdict.level = 'organisation' and organisation.code = verdict.area
  window alike as (partition by level, month)
), employers as (
  select organisation.nation, month, count(*) as employers from place_month join organisation on organisation.code = area where level = 'organisation' group by all
), worst as (
  select level, area, nation, "check", month, day, bool_or(stops) as stops, arg_max(struct_pack(statistic, stops_at, base, usual, what), statistic / stops_at) as worst,
    string_agg(what, '; ' order by statistic / stops_at desc) as whats
  from placed where stops or statistic >= 4 group by all
), shared as (
  select worst.nation, "check", month, count(*) as n from worst join employers using (nation, month) where level = 'organisation' and stops
  group by worst.nation, "check", month, employers having (n >= 2 or employers = 1) and 5 * n >= employers
), kept as (
  select worst.* exclude (nation), null::bigint as shared from worst
  anti join shared on worst.level = 'organisation' and shared.nation = worst.nation and shared."check" = worst."check" and shared.month = worst.month
  where level <> 'nation' or (area, "check", month) not in (select (nation, "check", month) from shared)
  union all by name
  select 'nation' as level, shared.nation as area, shared."check", shared.month, any_value(worst.day) as day, true as stops, arg_max(worst.worst, worst.worst.base) as worst,
    any_value(worst.whats) as whats, any_value(n) as shared
  from shared join worst on worst.level = 'organisation' and worst.nation = shared.nation and worst."check" = shared."check" and worst.month = shared.month
  group by shared.nation, shared."check", shared.month
)
select kept."check" || ':' || kept.area || ':' || strftime(kept.day, '%Y-%m') as name, kept.level::varchar as level, kept.area::varchar as area, kept."check", kept.month, last_day(kept.day) as period_end, kept.stops,
  kept.shared, worst.statistic as statistic, worst.stops_at as stops_at, worst.base as base, worst.usual as usual, whats as what,
  coalesce(went.with_leaving, 0) as with_leaving, place.people, place.people_before, last_day(make_date((place.before - 1) // 12, (place.before - 1) % 12 + 1, 1)) as before_end,
  list_position(['quarantined', 'posts', 'undone', 'unchanged', 'values', 'fte', 'first', 'renewed', 'lost', 'strangers'], kept."check") as rank
from kept
left join went on went.level::varchar = kept.level::varchar and went.area::varchar = kept.area::varchar and went.month = kept.month
left join place_month as place on place.level::varchar = kept.level::varchar and place.area::varchar = kept.area::varchar and place.month = kept.month;
