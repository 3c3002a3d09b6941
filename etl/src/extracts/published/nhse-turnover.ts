import { summedAreas } from './areas.ts';
import { areaCode, label, optionalLabel, organisationKind, snakeCase } from './columns.ts';
import { openGovernmentLicence, type Feed } from './feed.ts';

const types = {
  'denominator at start of period': 'start',
  'denominator at end of period': 'end',
  joiners: 'joiners',
  leavers: 'leavers',
};

const total = 'all staff groups';

// Rows of zero are left out of the publication, so the grid of organisation, staff group and type is completed where there is any stock.
const grid = `
with present as (select distinct period, reporting_org_code, staff_group_1_name from nhse_turnover where type in ('start', 'end')),
named as (
  select period, reporting_org_code, max(reporting_org_name) as reporting_org_name, max(ics_code) as ics_code, max(ics_name) as ics_name,
    max(nhse_region_code) as nhse_region_code, max(nhse_region_name) as nhse_region_name
  from nhse_turnover group by all
),
once as (select period, type, reporting_org_code, staff_group_1_name, min(hc) as hc, min(fte) as fte, min(source_file) as source_file, min(line) as line from nhse_turnover group by all)
select
  present.reporting_org_code as organisation, named.reporting_org_name as organisation_label, named.ics_code as system, named.ics_name as system_label,
  named.nhse_region_code as region, named.nhse_region_name as region_label,
  last_day(strptime(right(period, 6), '%Y%m')::date) as period_end,
  if(lower(present.staff_group_1_name) = '${total}', null, present.staff_group_1_name) as staff_group,
  measured.tally, coalesce(if(measured.unit = 'fte', 1000 * once.fte, once.hc), 0) as value, once.source_file, once.line
from present join named using (period, reporting_org_code)
cross join (values ('start', 'headcount_start', 'hc'), ('end', 'headcount', 'hc'), ('joiners', 'joiners_organisation', 'hc'), ('leavers', 'leavers_organisation', 'hc'),
  ('start', 'fte_start', 'fte'), ('end', 'fte', 'fte'), ('joiners', 'joiners_organisation_fte', 'fte'), ('leavers', 'leavers_organisation_fte', 'fte')) as measured (type, tally, unit)
left join once on once.period = present.period and once.reporting_org_code = present.reporting_org_code
  and once.staff_group_1_name = present.staff_group_1_name and once.type::varchar = measured.type`;

/** NHS England, NHS Workforce Statistics: turnover benchmarking by staff group and organisation, monthly. */
export const nhseTurnover: Feed = {
  title: 'NHS workforce turnover benchmarking, staff group and organisation, monthly',
  publisher: 'NHS England',
  licence: openGovernmentLicence,
  url: 'https://digital.nhs.uk/data-and-information/publications/statistical/nhs-workforce-statistics',
  note: 'Joiners and leavers of an organisation: a move between trusts is a leaving. Rows of zero are left out by the publisher and put back here. A person in two organisations counts in both.',
  extract: {
    name: 'nhse_turnover',
    title: 'NHS England turnover benchmarking (monthly)',
    publisher: 'NHS England',
    meaning: 'Stock at the start and the end of a month, joiners and leavers, by organisation and staff group.',
    grain: 'one row per month, type, organisation and staff group; zero rows are absent',
    key: ['period', 'reporting_org_code', 'staff_group_1_name', 'type'],
    columns: [
      {
        name: 'period',
        kind: 'text',
        required: true,
        filled: true,
        pattern: '20[0-9]{2}(0[1-9]|1[0-2]) to 20[0-9]{2}(0[1-9]|1[0-2])',
        meaning: 'The two month ends compared.',
        example: '202510 to 202511',
      },
      {
        name: 'type',
        kind: 'code',
        required: true,
        filled: true,
        codes: ['start', 'end', 'joiners', 'leavers'],
        meaning: 'What is counted.',
        example: 'Joiners',
      },
      areaCode('nhse_region_code', 'NHS England region.', 'Y56'),
      label('nhse_region_name', 'Name of the region.', 'London'),
      areaCode('ics_code', 'Integrated care board.', 'QKK'),
      label('ics_name', 'Name of the integrated care system.', 'South East London'),
      label('reporting_org_name', 'Name of the organisation.', 'Guy’s and St Thomas’ NHS Foundation Trust'),
      areaCode('reporting_org_code', 'Organisation.', 'RJ1'),
      label('cluster_group', 'Cluster of organisations.', 'Acute'),
      optionalLabel('benchmark_group', 'Benchmark group.', 'Acute - Teaching'),
      label('staff_group_1_name', 'Staff group; “All staff groups” is a total.', 'Support to ST&T staff'),
      { name: 'hc', kind: 'integer', required: true, filled: true, minimum: 0, meaning: 'Headcount.', example: '280' },
      {
        name: 'fte',
        kind: 'decimal',
        required: true,
        filled: true,
        scale: 5,
        minimum: 0,
        meaning: 'Full-time equivalents.',
        example: '261.47367',
      },
    ],
    rules: [
      {
        column: 'period',
        holds:
          "date_diff('month', try_strptime(left(period, 6), '%Y%m')::date, try_strptime(right(period, 6), '%Y%m')::date) = 1",
        reason: 'is not one month',
        severity: 'quarantine',
      },
    ],
  },
  layout: {
    id: 'nhse-turnover',
    title: 'Turnover benchmarking 2, as published',
    trims: true,
    codes: { type: types },
  },
  rows: `
select 'nhse_turnover' as feed, level, area, area_label, 'month' as grain, date_trunc('month', period_end)::date as period_start, period_end,
  strftime(period_end, '%B %Y') as period_label, true as complete, if(staff_group is null, '', 'staff_group') as "set",
  ${snakeCase('staff_group')} as a, staff_group as a_label, null as b, null as b_label, null as c, null as c_label, tally, value::double as value, source_file, line
from (${summedAreas(grid, ['period_end', 'staff_group', 'tally'])})`,
  organisations: `
select reporting_org_code as code, reporting_org_name as label, 'england' as nation, nhse_region_code as region, ics_code as system,
  ${organisationKind('cluster_group')} as kind, last_day(strptime(right(period, 6), '%Y%m')::date) as as_at from nhse_turnover`,
  disagreements: `
with stock as (
  select period_end, area, a, tally, value from published_row where feed = 'nhse_turnover' and level = 'organisation' and tally in ('headcount', 'headcount_start')
)
select count(*) || ' organisation and staff group figures at the end of ' || strftime(before.period_end, '%B %Y') || ' differ from the start of the month after.'
from stock as before join stock as after on after.area = before.area and after.a is not distinct from before.a
  and before.tally = 'headcount' and after.tally = 'headcount_start' and after.period_end = last_day(before.period_end + interval 1 month)
where before.value <> after.value group by before.period_end`,
};
