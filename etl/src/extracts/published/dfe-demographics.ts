import { academicYear, academicYearPattern } from './academic-year.ts';
import { label } from './columns.ts';
import { openGovernmentLicence, type Feed } from './feed.ts';

const year = academicYear('year');
const ethnicGroup = `case when characteristic ilike 'white' then 'white' when characteristic ilike 'mixed%' then 'mixed' when characteristic ilike 'asian%' then 'asian'
  when characteristic ilike 'black%' then 'black' when characteristic ilike 'other%' then 'other' else 'unknown' end`;
const ethnicLabel = `case ${ethnicGroup} when 'white' then 'White' when 'mixed' then 'Mixed' when 'asian' then 'Asian' when 'black' then 'Black' when 'other' then 'Other'
  else 'Not stated or not recorded' end`;

/** Department for Education, Apprenticeships: who starts and achieves, all apprenticeships. */
export const dfeDemographics: Feed = {
  title: 'Apprentices in England by sex and ethnic group',
  publisher: 'Department for Education',
  licence: openGovernmentLicence,
  url: 'https://explore-education-statistics.service.gov.uk/find-statistics/apprenticeships',
  note: 'All apprenticeships, not only those of AHP support: context. Rounded to 10 by the publisher. Age and learning difficulty are left out: their categories are not those of the workforce.',
  extract: {
    name: 'dfe_demographics',
    title: 'DfE apprenticeships: demographics',
    publisher: 'Department for Education',
    meaning: 'Starts and achievements by provider and characteristic, rounded to 10.',
    grain: 'one row per academic year, provider, characteristic and measure',
    key: ['year', 'provider_name', 'characteristic_type', 'characteristic', 'measure'],
    columns: [
      {
        name: 'year',
        kind: 'text',
        required: true,
        filled: true,
        pattern: academicYearPattern,
        meaning: 'Academic year, or part of one.',
        example: '2024/25',
      },
      label('provider_name', 'Provider, with its UKPRN, or “Total (All providers)”.', 'Total (All providers)'),
      label('characteristic_type', 'Characteristic.', 'Sex'),
      label('characteristic', 'Its value; “Total” is a total.', 'Female'),
      {
        name: 'measure',
        kind: 'code',
        required: true,
        filled: true,
        codes: ['starts', 'achievements'],
        meaning: 'What is counted.',
        example: 'Starts',
      },
      {
        name: 'count',
        kind: 'text',
        required: true,
        filled: true,
        pattern: '[0-9]{1,9}|low',
        meaning: 'The count, rounded to 10; “low” is one to four.',
        example: '210',
      },
    ],
  },
  layout: { id: 'dfe-demographics', title: 'Demographics, as published', trims: true, codes: { measure: {} } },
  rows: `
with national as (
  select distinct on (year, characteristic_type, characteristic, measure) *, try_cast("count" as double) as value
  from dfe_demographics where provider_name ilike 'total (all providers)' order by source_file, line
),
kept as (
  select '' as "set", null as code, null as label, * from national where characteristic_type ilike 'sex' and characteristic ilike 'total'
  union all select 'sex', lower(characteristic), characteristic, * from national where characteristic_type ilike 'sex' and characteristic not ilike 'total'
  union all select 'ethnic_group', ${ethnicGroup}, ${ethnicLabel}, * from national where characteristic_type ilike 'ethnicity' and characteristic not ilike 'total'
)
select 'dfe_demographics' as feed, 'nation' as level, 'england' as area, 'England' as area_label, 'year' as grain, ${year.start} as period_start, ${year.end} as period_end,
  year as period_label, ${year.complete} as complete, "set", code as a, label as a_label, null as b, null as b_label, null as c, null as c_label,
  'apprenticeship_' || measure::varchar as tally, value, case when value is null then '“low”: one to four' end as withheld, source_file, line
from kept`,
};
