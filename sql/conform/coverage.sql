-- In which months each organisation reported, of those in which its nation did: a gap, a silence before the first month and one after the last.
-- Nobody counts as joining or leaving at a silence (ledger/unfollowed.sql), unless the list of organisations says that they opened or closed then. alert marks what somebody should look into, note says what to do; neither depends on how many people there are.
create or replace table coverage as
with reported as (
  select organisation::varchar as organisation, organisation_now::varchar as employer, nation::varchar as nation, period_end from snapshot group by all
),
month as (select distinct nation, period_end from reported),
nation as (select nation, min(period_end) as first, max(period_end) as latest, count(*) as n from month group by nation),
span as (select organisation, nation, min(period_end) as first, max(period_end) as last, count(distinct period_end) as n from reported group by all),
gap as (
  select span.organisation, string_agg(strftime(month.period_end, '%Y-%m'), ', ' order by month.period_end) as missing, count(*) as n
  from span join month on month.nation = span.nation and month.period_end between span.first and span.last
  anti join reported on reported.organisation = span.organisation and reported.period_end = month.period_end
  group by span.organisation
),
-- An employer goes by the name it has now: a merger takes a name away and no people.
employer as (select employer, min(period_end) as first, max(period_end) as last from reported group by employer),
began as (
  select employer.employer, employer.first, max(month.period_end) as before
  from employer join reported on reported.employer = employer.employer and reported.period_end = employer.first
  join month on month.nation = reported.nation and month.period_end < employer.first
  group by all
),
ended as (
  select employer.employer, employer.last, min(month.period_end) as after
  from employer join reported on reported.employer = employer.employer and reported.period_end = employer.last
  join month on month.nation = reported.nation and month.period_end > employer.last
  group by all
),
known as (select code, in_use_from, valid_to from organisation),
told as (
  select span.organisation, nation, span.first, span.last, span.n, nation.n as months, gap.missing, gap.n as missing_months,
    lineage.latest <> span.organisation and span.last < nation.latest as succeeded,
    began.before is not null and span.first = began.first and in_use_from > began.before as opened,
    began.before is not null and span.first = began.first and in_use_from <= began.before as silent_before,
    ended.after is not null and span.last = ended.last and valid_to < ended.after as closed,
    ended.after is not null and span.last = ended.last and coalesce(valid_to >= ended.after, true) as silent_after,
    span.first > nation.first as later, lineage.latest = span.organisation as itself, in_use_from, valid_to, ended.after
  from span join nation using (nation)
  left join gap on gap.organisation = span.organisation
  left join lineage on lineage.code = span.organisation
  left join began on began.employer = lineage.latest
  left join ended on ended.employer = lineage.latest
  left join known on known.code = lineage.latest
)
select organisation, nation, first, last, n, months,
  coalesce(missing is not null or silent_before or silent_after, false) as alert,
  concat_ws('; ',
    n || ' of ' || months,
    case when missing is not null then 'none for ' || case when missing_months <= 6 then missing else missing_months || ' months between' end end,
    case when opened and itself then 'opened on ' || in_use_from
      when silent_before then 'silent before ' || strftime(first, '%Y-%m') || ': if it opened then, list its opening date (valid_from) in organisations'
      when later then 'from ' || strftime(first, '%Y-%m') end,
    case when succeeded then 'until ' || strftime(last, '%Y-%m') || ', then as ' || (select string_agg(label || ' (' || latest || ')', ' and ' order by latest) from became join (select code as latest, label from organisation) using (latest) where code = organisation) end,
    case when closed and itself then 'closed on ' || valid_to
      when silent_after then 'silent from ' || strftime(after, '%Y-%m') || ' to the end: if it closed, list its closing date (valid_to) in organisations' end) as note
from told;
