-- How long people have been at their band: since the first snapshot of the run of snapshots at the same band that has not ended yet.
-- Known: seen for three years or more. Away for a while and back at the same band is the same run.
insert into event by name
with changed as (
  select person, period_end, band is distinct from lag(band) over (partition by person order by period_end) as begins from snapshot
), history as (
  select person, period_end, min(period_end) over (partition by person) as first_seen,
    max(case when begins then period_end end) over (partition by person order by period_end) as band_since
  from changed
), dated as (
  select 'quarter' as grain, period_end from (select distinct period_end from snapshot) where month(period_end) in (3, 6, 9, 12)
  union all select 'year', period_end from (select distinct period_end from snapshot) where month(period_end) = 3
), here as (
  select snapshot.*, dated.grain, history.band_since <= last_day(snapshot.period_end - interval 36 month) as over_3_years
  from snapshot
  join dated on dated.period_end = snapshot.period_end
  join history on history.person = snapshot.person and history.period_end = snapshot.period_end
  where side = 'support' and active and history.first_seen <= last_day(snapshot.period_end - interval 36 month)
)
select 'context' as family, grain, period_end, 's|' || period_end as key_period, person, organisation, profession, band, stage, sex, ethnic_group, age_band,
  disability, tenure_band, unnest(case when over_3_years then ['band_known_3_years', 'at_band_over_3_years'] else ['band_known_3_years'] end) as tally
from here;
