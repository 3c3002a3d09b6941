-- What each check says of each place and month that is beyond its limit: reference limits lie far above what clean months do (etl/src/plausibility/README.md). `statistic` reaches
-- `stops_at`. What is usual is told by the twelve months before, never by the month that is judged: of the place itself; where it has fewer than six, of all places of its level.
-- Changes that are usual after m months, fewer than six, count by m ln(1 + 1/m): so sure can one be that none is too few (Poisson, with the rate estimated from
-- as many months), as a part of the same after twelve. Nobody has a nation without any earlier month in which fewer than 2 % join, leave or change.
create or replace temp table verdict as
with known as (
  select moved.*, lost + joined + differing as changes, turned_back + returned + gone_after_one as undone,
    median(lost / people_before) over own as own_lost, count(*) over own as own_months, median(lost / people_before) over others as others_lost, median(lost / people_before) over now as now_lost,
    avg((lost + joined + differing) / people_before) over own as own_changes, coalesce(sum(gone) over own, 0) as gone_before,
    median(posts / people) over own as own_posts, median(posts / people) over others as others_posts, median(posts / people) over now as now_posts,
    moved.level = 'nation' as wide, if(moved.level = 'nation', 3, 1) as parts
  from moved
  window own as (partition by moved.level, moved.area order by moved.month range between 12 preceding and 1 preceding),
    others as (partition by moved.level order by moved.month range between 12 preceding and 1 preceding), now as (partition by moved.level, moved.month)
), usual as (
  select *, people_before * coalesce(case when own_months >= 6 then own_lost end, others_lost, if(wide, 0, now_lost)) as mu, people_before * own_lost as usual_lost,
    case when gap > 1 then null when own_months >= 6 then people_before * own_changes
      when own_months > 0 then people_before * own_changes * own_months * ln(1 + 1 / own_months) / (12 * ln(13 / 12)) when wide then 0.02 * people_before end as mu_changes,
    own_months < 6 as short, coalesce(own_posts, others_posts, now_posts) as posts_each, gap - 1 as further
  from known
), found as (
  select level, area, month, 'lost' as "check", lost::double as statistic,
    greatest(moved_limit((0.18 + 0.02 * further) / parts, people_before), if(wide, 0, mu + 5 * sqrt(mu + mu * mu / 4))) as stops_at, people_before as base, usual_lost as usual, null as what from usual
  union all by name
  select level, area, month, 'strangers' as "check", if(blank_starts > 0.2, joined, strangers)::double as statistic, moved_limit(if(blank_starts > 0.2, 0.35, 0.10 + 0.02 * further) / parts, people) as stops_at, people as base from usual
  union all by name
  select level, area, month, 'unchanged' as "check", mu_changes as statistic, if(wide, 1, 4) as stops_at, people_before as base, coalesce(people_before * own_changes, mu_changes) as usual, short, if(gone > 0 and gone_before = 0, gone || ' of them have left', null) as what
  from usual where changes = 0
  union all by name
  select level, area, month, 'undone' as "check", (undone + impossible)::double as statistic, 4 as stops_at, changes as base, null as usual, undone || ' changes of ' || changes || ' undo those of the month before' as what
  from usual where two_before is not null and gap = 1 and undone >= 1 and undone >= 0.75 * changes
  union all by name
  select level, area, month, 'values' as "check", changed::double as statistic, moved_limit(share / parts, known) as stops_at, known as base, null as usual, what
  from (
    select level, area, month, parts, unnest([
      {what: 'sex', changed: sex_changed, known: sex_known, share: 0.05}, {what: 'ethnic group', changed: ethnic_group_changed, known: ethnic_group_known, share: 0.10},
      {what: 'age', changed: age_changed, known: age_known, share: 0.15 + 0.01 * further}, {what: 'disability', changed: disability_changed, known: disability_known, share: 0.15},
      {what: 'contract', changed: contract_changed, known: contract_known, share: 0.15}, {what: 'status', changed: status_changed, known: status_known, share: 0.30},
      {what: 'band', changed: band_changed, known: band_known, share: 0.50},
      {what: 'sex now blank', changed: sex_blanked, known: sex_was, share: 0.10}, {what: 'ethnic group now blank', changed: ethnic_group_blanked, known: ethnic_group_was, share: 0.10},
      {what: 'age now blank', changed: age_blanked, known: age_was, share: 0.10}, {what: 'disability now blank', changed: disability_blanked, known: disability_was, share: 0.10}
    ], recursive := true) from usual
  )
  union all by name
  select level, area, month, 'fte' as "check", if(fte_now > 0, abs(ln(fte_now / fte_then)), 99) as statistic, if(wide, 0.05, 0.15)::double as stops_at, fte_then as base, null as usual,
    format('{:.1f} FTE of the same people, {:.1f} before', fte_now, fte_then) as what
  from usual where fte_then >= 5
  union all by name
  select level, area, month, 'posts' as "check", posts - people * posts_each as statistic, moved_limit(0.20 / parts, people * posts_each) as stops_at, posts as base, people * posts_each as usual from usual
  union all by name
  select level, area, month, 'quarantined' as "check", more::double as statistic, moved_limit(if(level = 'organisation', 0.05, 0.05 / 3), rows) as stops_at, rows as base from quarantined
)
select * from found where statistic >= stops_at - 1e-9;
