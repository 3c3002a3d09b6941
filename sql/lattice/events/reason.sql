-- Why and where people went: the retention extract, matched to the leaver by person, organisation and window.
insert into event by name
select 'reasons' as family, ledger.grain, closing as period_end, 'f|' || opening || '|' || closing as key_period, ledger.person,
  start_organisation as organisation, start_profession as profession, start_band as band, start_stage as stage, start_sex as sex,
  start_ethnic_group as ethnic_group, start_age_band as age_band, start_disability as disability, start_tenure_band as tenure_band,
  coalesce(leaving_reason.code, 'unknown') as leaving_reason, coalesce(destination.code, 'unknown') as destination, 'leavers_by_reason' as tally
from ledger
left join (
  select person.person, retention.organisation_code, retention.leaving_date,
    arg_min(retention.leaving_reason::varchar, retention.line) as leaving_reason, arg_min(retention.destination::varchar, retention.line) as destination
  from retention join person on person.person_id = retention.person_id group by all
) as gone on gone.person = ledger.person and gone.organisation_code = ledger.start_organisation
  and gone.leaving_date > ledger.opening and gone.leaving_date <= ledger.closing
left join leaving_reason on leaving_reason.code = lower(gone.leaving_reason)
left join destination on destination.code = lower(gone.destination)
where ledger.grain in ('quarter', 'year') and left_organisation
qualify row_number() over (partition by ledger.grain, ledger.closing, ledger.person order by gone.leaving_date desc nulls last) = 1;
