insert into event by name
with flow as (select *, 'f|' || opening || '|' || closing as key_period from ledger),
out_of as (
  select grain, closing as period_end, key_period, person, start_organisation as organisation, start_profession as profession,
    start_band as band, start_stage as stage, start_sex as sex, start_ethnic_group as ethnic_group, start_age_band as age_band,
    start_disability as disability, start_tenure_band as tenure_band, start_fte as fte,
    unnest(list_filter([
      case when left_organisation then 'leavers_organisation' end,
      case when left_support then 'leavers_support' end,
      case when left_nhs then 'leavers_nhs' end,
      case when left_role then 'leavers_role' end,
      case when went_inactive then 'went_inactive' end,
      case when moved_out then 'moved_out' end,
      case when flow = 'transferred' then 'transferred_out' end,
      case when flow = 'reclassified_out' then 'reclassified_out' end,
      case when flow = 'hours_changed' then 'hours_changed' end,
      case when band_up then 'band_up' end,
      case when band_down then 'band_down' end,
      case when stage_up then 'stage_up' end,
      case when to_apprentice then 'to_apprentice' end,
      case when to_registered then 'to_registered' end
    ], lambda x: x is not null)) as tally
  from flow where at_start
), into_it as (
  select grain, closing as period_end, key_period, person, end_organisation as organisation, end_profession as profession,
    end_band as band, end_stage as stage, end_sex as sex, end_ethnic_group as ethnic_group, end_age_band as age_band,
    end_disability as disability, end_tenure_band as tenure_band, end_fte as fte,
    unnest(list_filter([
      case when joined_organisation then 'joiners_organisation' end,
      case when joined_support then 'joiners_support' end,
      case when joined_nhs then 'joiners_nhs' end,
      case when reactivated then 'reactivated' end,
      case when rejoined then 'rejoined' end,
      case when moved_in then 'moved_in' end,
      case when flow = 'transferred' then 'transferred_in' end,
      case when flow = 'reclassified_in' then 'reclassified_in' end
    ], lambda x: x is not null)) as tally
  from flow where at_end
)
select case when tally in ('leavers_organisation', 'leavers_support', 'went_inactive', 'joiners_organisation', 'joiners_support', 'band_up',
    'to_apprentice', 'to_registered') then 'movement' else 'reconciliation' end as family,
  * exclude (fte), case when tally in ('leavers_organisation', 'joiners_organisation', 'went_inactive') then fte end as weight
from (from out_of union all by name from into_it)
where grain <> 'month' or tally in ('leavers_organisation', 'leavers_support', 'went_inactive', 'joiners_organisation', 'joiners_support', 'band_up',
  'to_apprentice', 'to_registered');
