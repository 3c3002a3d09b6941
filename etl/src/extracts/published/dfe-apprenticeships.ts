import { referenceRows } from '../reference-codes.ts';
import { quoted } from '../sql-text.ts';
import { academicYear, academicYearPattern } from './academic-year.ts';
import { label, optionalLabel } from './columns.ts';
import { openGovernmentLicence, type Feed } from './feed.ts';

const standards = referenceRows('apprenticeship_standard')
  .map((row) => `(${quoted(row.code!)}, ${quoted(row.label!)})`)
  .join(', ');
const year = academicYear('year');

/** Department for Education, Apprenticeships: starts, enrolments and achievements by standard and provider. */
export const dfeApprenticeships: Feed = {
  title: 'Apprenticeships in England by standard',
  publisher: 'Department for Education',
  licence: openGovernmentLicence,
  url: 'https://explore-education-statistics.service.gov.uk/find-statistics/apprenticeships',
  note: 'Standards of AHP support and AHP registration only, all providers. The support standards also serve nursing and theatres. Academic years, August to July; a part-year is marked and not compared.',
  extract: {
    name: 'dfe_apprenticeships',
    title: 'DfE apprenticeships: subjects and standards',
    publisher: 'Department for Education',
    meaning: 'Starts, enrolments and achievements by standard, level and provider.',
    grain: 'one row per academic year, standard, provider and measure',
    key: [],
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
      label('apps_level', 'Level of the apprenticeship.', 'Advanced Apprenticeship'),
      label('std_fwk_name', 'Standard or framework.', 'Senior Healthcare Support Worker'),
      optionalLabel('ssa_t1_desc', 'Sector subject area, first tier.', 'Health, Public Services and Care'),
      optionalLabel('ssa_t2_desc', 'Sector subject area, second tier.', 'Health and Social Care'),
      label('std_fwk_flag', 'Standard or Framework.', 'Standard'),
      optionalLabel('provider_type', 'Type of provider.', 'Other'),
      label('provider_name', 'Provider, with its UKPRN.', 'University (10000000)'),
      {
        name: 'measure',
        kind: 'code',
        required: true,
        filled: true,
        codes: ['starts', 'enrolments', 'achievements'],
        meaning: 'What is counted.',
        example: 'Starts',
      },
      {
        name: 'values',
        kind: 'integer',
        required: true,
        filled: true,
        minimum: 0,
        meaning: 'The count.',
        example: '23',
      },
    ],
  },
  layout: {
    id: 'dfe-apprenticeships',
    title: 'Subjects and standards, as published',
    trims: true,
    codes: { measure: {} },
  },
  rows: `
with standard (code, label) as (values ${standards}),
summed as (
  select year, standard.code, standard.label, measure::varchar as measure, sum("values")::double as value, min(source_file) as source_file, min(line) as line
  from dfe_apprenticeships join standard on lower(std_fwk_name) = lower(standard.label)
  where lower(std_fwk_flag) = 'standard' and provider_name not ilike 'total (%' group by all
)
select 'dfe_apprenticeships' as feed, 'nation' as level, 'england' as area, 'England' as area_label, 'year' as grain, ${year.start} as period_start, ${year.end} as period_end,
  year as period_label, ${year.complete} as complete, 'standard' as "set", code as a, label as a_label, null as b, null as b_label, null as c, null as c_label,
  case measure when 'starts' then 'apprenticeship_starts' when 'achievements' then 'apprenticeship_achievements' else 'enrolments' end as tally, value, source_file, line
from summed`,
};
