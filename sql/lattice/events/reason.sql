-- Why and where people went: the retention extract, matched to the leaver by person, organisation and window. Payroll knows of somebody hosted
-- elsewhere the employer only, so that the workplace is taken from the staff record.
insert into event by name
with told as (
  select person_id, organisation_code, leaving_date, leaving_reason, destination, line from retention
  union all
  select distinct retention.person_id, workforce.organisation_code, leaving_date, leaving_reason, destination, retention.line
  from retention join workforce on workforce.person_id = retention.person_id and workforce.employer_code = retention.organisation_code
    and workforce.organisation_code <> workforce.employer_code
)
select 'reasons' as family, ledger.grain, closing as period_end, 'f|' || opening || '|' || closing as key_period, ledger.person,
  start_organisation as organisation, start_profession as profession, start_band as band, start_stage as stage, start_sex as sex,
  start_ethnic_group as ethnic_group, start_age_band as age_band, start_disability as disability, start_tenure_band as tenure_band,
  coalesce(leaving_reason.code, 'unknown') as leaving_reason, coalesce(destination.code, 'unknown') as destination, 'leavers_by_reason' as tally
from ledger
left join (
  select person.person, organisation_code, leaving_date,
    arg_min(leaving_reason::varchar, line) as leaving_reason, arg_min(destination::varchar, line) as destination
  from told join person on person.person_id = told.person_id group by all
) as gone on gone.person = ledger.person and gone.organisation_code = ledger.start_organisation
  -- Whoever leaves on the day of a snapshot is in it still: a leaving of the opening day is one of this window.
  and gone.leaving_date >= ledger.opening and gone.leaving_date <= ledger.closing
left join leaving_reason on leaving_reason.code = lower(gone.leaving_reason)
left join destination on destination.code = lower(gone.destination)
where ledger.grain in ('quarter', 'year') and left_organisation
qualify row_number() over (partition by ledger.grain, ledger.closing, ledger.person order by gone.leaving_date desc nulls last) = 1;
