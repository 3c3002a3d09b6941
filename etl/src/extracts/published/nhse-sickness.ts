import { quoted } from '../sql-text.ts';
import { summedAreas } from './areas.ts';
import { areaCode, label, organisationKind } from './columns.ts';
import { openGovernmentLicence, type Feed } from './feed.ts';

const days = (name: string, meaning: string) =>
  ({
    name,
    kind: 'decimal',
    required: true,
    scale: 15,
    minimum: 0,
    meaning,
    example: '1868.54684',
  }) as const;

const blank = 'Blank: 330 full-time equivalent days available or fewer, about 11 people';

// A rate has both halves or none: days lost of an organisation without its days available would be in one side of a sum only.
const rows = `
select org_code as organisation, org_name as organisation_label, ics_code as system, ics_name as system_label, nhse_region_code as region,
  nhse_region_name as region_label, date as period_end, tally, 
  1000 * case when fte_days_lost is not null and fte_days_available is not null then if(tally = 'fte_days_lost', fte_days_lost, fte_days_available) end::double as value, source_file, line
from (select distinct on (date, org_code) * from nhse_sickness order by source_file, line) cross join (values ('fte_days_lost'), ('fte_days_available')) as measured (tally)`;

/** NHS England, NHS Sickness Absence Rates: days lost and available by organisation, monthly. */
export const nhseSickness: Feed = {
  title: 'NHS sickness absence rates, by organisation, monthly',
  publisher: 'NHS England',
  licence: openGovernmentLicence,
  url: 'https://digital.nhs.uk/data-and-information/publications/statistical/nhs-sickness-absence-rates',
  note: 'All staff of each organisation, not the AHP support workforce: context only. Organisations whose days are withheld are left out of the sums for systems, regions and England.',
  extract: {
    name: 'nhse_sickness',
    title: 'NHS England sickness absence (monthly)',
    publisher: 'NHS England',
    meaning: 'Full-time equivalent days lost and available, all staff.',
    grain: 'one row per month and organisation',
    key: ['date', 'org_code'],
    columns: [
      {
        name: 'date',
        kind: 'date',
        required: true,
        filled: true,
        monthEnd: true,
        meaning: 'Month end.',
        example: '30/04/2024',
      },
      areaCode('nhse_region_code', 'NHS England region.', 'Y56'),
      label('nhse_region_name', 'Name of the region.', 'London'),
      areaCode('ics_code', 'Integrated care board.', 'QKK'),
      label('ics_name', 'Name of the integrated care system.', 'South East London'),
      areaCode('org_code', 'Organisation.', 'RJ1'),
      label('org_name', 'Name of the organisation.', 'Guy’s and St Thomas’ NHS Foundation Trust'),
      label('org_type', 'Type of the organisation.', 'Acute'),
      days('fte_days_lost', 'FTE days lost to sickness.'),
      days('fte_days_available', 'FTE days available.'),
      {
        name: 'sickness_absence_rate_percent',
        kind: 'decimal',
        required: true,
        scale: 5,
        minimum: 0,
        maximum: 100,
        meaning: 'Rate as printed; not used, it is worked out again.',
        example: '3.53',
      },
    ],
    rules: [
      {
        column: 'fte_days_lost',
        holds: 'fte_days_lost <= fte_days_available',
        reason: 'is more than the days available',
        severity: 'quarantine',
      },
    ],
  },
  layout: { id: 'nhse-sickness', title: 'Sickness absence, as published', trims: true, dates: { date: 'DD/MM/YYYY' } },
  rows: `
select 'nhse_sickness' as feed, level, area, area_label, 'month' as grain, date_trunc('month', period_end)::date as period_start, period_end,
  strftime(period_end, '%B %Y') as period_label, true as complete, '' as "set", null as a, null as a_label, null as b, null as b_label, null as c, null as c_label,
  tally, value, case when value is null then ${quoted(blank)} end as withheld, source_file, line
from (${summedAreas(rows, ['period_end', 'tally'])})`,
  organisations: `
select org_code as code, org_name as label, 'england' as nation, nullif(nhse_region_code, 'QZZ') as region, nullif(ics_code, 'QZZ') as system,
  ${organisationKind('org_type')} as kind, date as as_at from nhse_sickness`,
  disagreements: `
select count(*) || ' printed sickness rates differ from their own days by more than rounding.' from nhse_sickness
where abs(100 * fte_days_lost::double / nullif(fte_days_available::double, 0) - sickness_absence_rate_percent::double) > 0.0051 having count(*) > 0`,
};
