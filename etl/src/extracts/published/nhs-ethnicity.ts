import { label, snakeCase } from './columns.ts';
import { openGovernmentLicence, type Feed } from './feed.ts';

const everyone = 'all - including unknown, not stated and discontinued codes';

// Chinese is apart from Asian in this publication; the 5+1 groups of the rest of the release count it with Asian.
const group = `case lower(ethnicity) when 'white' then 'white' when 'mixed' then 'mixed' when 'asian' then 'asian' when 'chinese' then 'asian' when 'black' then 'black'
  when 'other' then 'other' else 'unknown' end`;
const groupLabel = `case ${group} when 'white' then 'White' when 'mixed' then 'Mixed' when 'asian' then 'Asian' when 'black' then 'Black' when 'other' then 'Other'
  else 'Not stated or not recorded' end`;
const band = `case when regexp_full_match(grade, '(?i)band [2-7]') then lower(replace(grade, ' ', '_')) when regexp_full_match(grade, '(?i)band (8[a-d]|9)') then 'band_8_9' else 'other_band' end`;
const bandLabel = `case ${band} when 'band_8_9' then 'Bands 8 and 9' when 'other_band' then 'Other or not Agenda for Change' else 'Band ' || right(${band}, 1) end`;

const point = `time as period_end, ${snakeCase('role_group')} as staff_group, replace(role_group, 'St&T', 'ST&T') as staff_group_label, value, source_file, line`;

/** Race Disparity Unit, Ethnicity facts and figures: NHS workforce by ethnic group, role group and pay band. */
export const nhsEthnicity: Feed = {
  title: 'NHS workforce by ethnic group, role group and band',
  publisher: 'Race Disparity Unit, from NHS England',
  licence: openGovernmentLicence,
  url: 'https://www.ethnicity-facts-figures.service.gov.uk/workforce-and-business/workforce-diversity/nhs-workforce/latest',
  note: 'Chinese, apart in the publication, is counted with Asian; discontinued codes with not stated. The totals printed among the rows are kept as totals: by staff group and band they include unknown ethnicity.',
  extract: {
    name: 'nhs_ethnicity',
    title: 'NHS workforce by ethnicity and band',
    publisher: 'Race Disparity Unit',
    meaning: 'Headcount by ethnic group, role group and grade; totals are mixed in.',
    grain: 'one row per point in time, ethnic group, role group and grade',
    key: ['time', 'staff_group', 'role_group', 'grade', 'ethnicity'],
    columns: [
      {
        name: 'time',
        kind: 'date',
        required: true,
        filled: true,
        monthEnd: true,
        meaning: 'Month of the count.',
        example: 'Jun-22',
      },
      label('ethnicity', 'Ethnic group (ONS 6+1) or one of two totals.', 'White'),
      label('ethnicity_type', 'Kind of the group.', 'ONS 6+1'),
      label('staff_group', 'Broad staff group.', 'Support To Clinical Staff'),
      label('role_group', 'Role group.', 'Support To St&T Staff'),
      label('grade', 'Pay band or grade; “All Grades” is a total.', 'Band 3'),
      {
        name: 'value',
        kind: 'integer',
        required: true,
        filled: true,
        minimum: 0,
        meaning: 'Headcount.',
        example: '27113',
      },
    ],
    rules: [
      {
        column: 'ethnicity',
        holds: `lower(ethnicity) in ('all', '${everyone}', 'white', 'mixed', 'asian', 'chinese', 'black', 'other', 'unknown & not stated', 'discontinued codes')`,
        reason: 'is not a group of this publication',
        severity: 'quarantine',
      },
    ],
  },
  layout: {
    id: 'nhs-ethnicity',
    title: 'NHS workforce, ethnicity facts and figures download',
    trims: true,
    openEnded: true,
    dates: { time: 'Mon-YY' },
  },
  rows: `
with once as (select time, ethnicity, staff_group, role_group, grade, min(value) as value, min(source_file) as source_file, min(line) as line from nhs_ethnicity group by all),
kept as (
  select 'staff_group' as "set", null as band, null as ethnic_group, null as band_label, null as ethnic_group_label, ${point} from once
    where lower(ethnicity) = '${everyone}' and lower(grade) = 'all grades'
  union all by name select 'band+staff_group' as "set", ${band} as band, ${bandLabel} as band_label, ${point} from once
    where lower(ethnicity) = '${everyone}' and lower(grade) <> 'all grades'
  union all by name select 'ethnic_group+staff_group' as "set", ${group} as ethnic_group, ${groupLabel} as ethnic_group_label, ${point} from once
    where lower(ethnicity) not like 'all%' and lower(grade) = 'all grades'
  union all by name select 'band+ethnic_group+staff_group' as "set", ${band} as band, ${bandLabel} as band_label, ${group} as ethnic_group, ${groupLabel} as ethnic_group_label, ${point} from once
    where lower(ethnicity) not like 'all%' and lower(grade) <> 'all grades'
),
summed as (
  select "set", period_end, band, max(band_label) as band_label, ethnic_group, max(ethnic_group_label) as ethnic_group_label, staff_group,
    max(staff_group_label) as staff_group_label, sum(value)::double as value, min(source_file) as source_file, min(line) as line
  from kept group by "set", period_end, band, ethnic_group, staff_group
),
listed as (
  select *, list_filter([band, ethnic_group, staff_group], x -> x is not null) as codes,
    list_filter([band_label, ethnic_group_label, staff_group_label], x -> x is not null) as labels from summed
)
select 'nhs_ethnicity' as feed, 'nation' as level, 'england' as area, 'England' as area_label, 'quarter' as grain,
  (date_trunc('month', period_end) - interval 2 month)::date as period_start, period_end, strftime(period_end, '%B %Y') as period_label, true as complete, "set",
  codes[1] as a, labels[1] as a_label, codes[2] as b, labels[2] as b_label, codes[3] as c, labels[3] as c_label, 'headcount' as tally, value, source_file, line
from listed`,
  disagreements: `
select count(*) || ' totals by staff group differ from the sum of their ethnic groups.' from (
  select period_end, staff_group, sum(value) filter (where total) as printed, sum(value) filter (where not total) as summed
  from (select period_end, if("set" = 'staff_group', a, b) as staff_group, "set" = 'staff_group' as total, value
        from published_row where feed = 'nhs_ethnicity' and "set" in ('staff_group', 'ethnic_group+staff_group'))
  group by all having printed <> summed) having count(*) > 0`,
};
