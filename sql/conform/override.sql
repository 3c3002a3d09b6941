-- Which override each occupation code as sent falls under, month by month; the most particular one decides. Almost always empty, so cheap.
-- One row per code, organisation, band and month that an override changes, with the number of posts: the log of what was changed and why.
create or replace table override_applied as
select sent.occupation_code as sent_code, sent.organisation_code as organisation, sent.band, sent.period_end, sent.posts,
  override.use_code, override.organisation_code, override.reason, override.decided_by, override.line
from (
  select occupation_code, organisation_code, band, period_end, count(*)::integer as posts from workforce
  where occupation_code in (select occupation_code from overrides) group by all
) as sent
join overrides as override
  on override.occupation_code = sent.occupation_code
  and coalesce(override.organisation_code, sent.organisation_code) = sent.organisation_code
  and coalesce(override.band::varchar, sent.band::varchar) = sent.band::varchar
  and sent.period_end >= coalesce(override.valid_from, date '1900-01-01') and sent.period_end <= coalesce(override.valid_to, date '2999-12-31')
qualify row_number() over (
  partition by sent.occupation_code, sent.organisation_code, sent.band, sent.period_end
  order by override.organisation_code is null, override.band is null, override.valid_from desc nulls last, override.line
) = 1;
