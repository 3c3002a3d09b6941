-- The ledger: one row per person and pair of consecutive snapshots in which the person was an AHP support worker at either end,
-- with exactly one flow class. At an end where their employer cannot be followed (ledger/unfollowed.sql) people count for nothing: whoever is seen
-- only there is in no row. Heads and FTE balance: start + in − out = end, for every organisation and for the whole.
create or replace table ledger as
with opening as (
  select pair.grain, pair.opening, pair.closing, snapshot.*, snapshot.active and snapshot.side = 'support' as here, unfollowed.side is null as followed
  from pair join snapshot on snapshot.period_end = pair.opening
  left join unfollowed on unfollowed.grain = pair.grain and unfollowed.closing = pair.closing and unfollowed.organisation = snapshot.organisation and unfollowed.side = 'start'
), closing as (
  select pair.grain, pair.opening, pair.closing, snapshot.*, snapshot.active and snapshot.side = 'support' as here, unfollowed.side is null as followed
  from pair join snapshot on snapshot.period_end = pair.closing
  left join unfollowed on unfollowed.grain = pair.grain and unfollowed.closing = pair.closing and unfollowed.organisation = snapshot.organisation and unfollowed.side = 'end'
), both_ends as (
  select
    coalesce(s.grain, e.grain) as grain, coalesce(s.opening, e.opening) as opening, coalesce(s.closing, e.closing) as closing,
    coalesce(s.person, e.person) as person, coalesce(s.here, false) as seen_at_start, coalesce(e.here, false) as seen_at_end,
    coalesce(s.here and s.followed, false) as at_start, coalesce(e.here and e.followed, false) as at_end,
    s, e, comeback.back is not null as back,
    s.person is not null and e.person is not null
      and (s.organisation = e.organisation
        or list_has_any(coalesce(start_employer.successors, [s.organisation]), coalesce(end_employer.successors, [e.organisation]))) as same_organisation,
    s.person is not null and e.person is not null and (s.assignment_id = e.assignment_id or s.organisation_start_date = e.organisation_start_date) as same_job
  from opening as s full join closing as e on s.grain = e.grain and s.closing = e.closing and s.person = e.person
  left join employer as start_employer on start_employer.closing = s.closing and start_employer.code = s.organisation
  left join employer as end_employer on end_employer.closing = e.closing and end_employer.code = e.organisation
  left join comeback on comeback.person = e.person and comeback.last_seen < e.opening and comeback.back > e.opening and comeback.back <= e.closing
  where coalesce(s.here and s.followed, false) or coalesce(e.here and e.followed, false)
)
select
  grain, opening, closing, person, at_start, at_end, seen_at_end, same_organisation,
  case
    when seen_at_start and seen_at_end then case
      when not same_organisation then 'transferred'
      when e.apprentice and not s.apprentice then 'to_apprentice'
      when e.band_rank > s.band_rank then 'band_up'
      when e.band_rank < s.band_rank then 'band_down'
      when e.stage <> s.stage or e.profession <> s.profession then 'stage_change'
      when e.fte <> s.fte then 'hours_changed'
      else 'stayed' end
    when seen_at_start then case
      when e.person is null then 'left'
      when not e.active then 'inactive'
      when e.side = 'registered' then 'to_registered'
      when same_organisation and same_job then 'reclassified_out'
      else 'left' end
    else case
      when s.person is null then 'joined'
      when not s.active then 'reactivated'
      when s.side <> 'registered' and same_organisation and same_job then 'reclassified_in'
      else 'joined' end
  end as flow,
  at_start and not same_organisation as left_organisation,
  at_end and not same_organisation as joined_organisation,
  at_start and not seen_at_end and (e.person is null or e.active) as left_support,
  at_end and not seen_at_start and (s.person is null or s.active) as joined_support,
  at_end and s.person is null and back as rejoined,
  at_start and (e.person is null or e.nation <> s.nation) as left_nhs,
  at_end and (s.person is null or e.nation <> s.nation) as joined_nhs,
  at_start and (not same_organisation or (seen_at_end and (e.band <> s.band or e.profession <> s.profession)) or (not seen_at_end and e.active)) as left_role,
  at_start and not seen_at_end and same_organisation and not e.active as went_inactive,
  at_end and not seen_at_start and same_organisation and not s.active as reactivated,
  at_start and not seen_at_end and same_organisation and e.active as moved_out,
  at_end and not seen_at_start and same_organisation and s.active as moved_in,
  at_start and at_end and e.band_rank > s.band_rank as band_up,
  at_start and at_end and e.band_rank < s.band_rank as band_down,
  at_start and at_end and stage_rank(e.stage) > stage_rank(s.stage) as stage_up,
  at_start and at_end and e.apprentice and not s.apprentice as to_apprentice,
  at_start and e.person is not null and e.active and e.side = 'registered' as to_registered,
  s.organisation as start_organisation, s.profession as start_profession, s.band as start_band, s.stage as start_stage, s.sex as start_sex,
  s.ethnic_group as start_ethnic_group, s.age_band as start_age_band, s.disability as start_disability, s.tenure_band as start_tenure_band,
  s.fte as start_fte, s.tenure_months as start_tenure_months, s.organisation_start_date as start_date,
  e.organisation as end_organisation, e.profession as end_profession, e.band as end_band, e.stage as end_stage, e.sex as end_sex,
  e.ethnic_group as end_ethnic_group, e.age_band as end_age_band, e.disability as end_disability, e.tenure_band as end_tenure_band,
  e.fte as end_fte, coalesce(e.apprentice, false) as end_apprentice, s.organisation_now as start_organisation_now
from both_ends;
