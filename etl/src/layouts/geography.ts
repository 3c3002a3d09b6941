import type { Layout } from './layout.ts';

/** Official lists of organisations, as the public lookups of `geographr` carry them (humaniverse/geographr, Open Government Licence). */
export const layouts: Layout[] = [
  {
    id: 'health-boards',
    title: 'Scottish health boards with the days they were enacted and archived',
    extract: 'organisations',
    headers: { code: ['hb19_code'], label: ['hb19_name'], valid_from: ['date_enacted'], valid_to: ['date_archived'] },
    missing: ['NA'],
    constants: { nation: 'scotland', region: '', system: '', kind: 'health_board' },
  },
  {
    id: 'nhs-trusts',
    title: 'English trusts and their regions',
    extract: 'organisations',
    headers: { code: ['nhs_trust22_code'], label: ['nhs_trust22_name'], region: ['nhs_region21_nhs_code'] },
    ignored: ['nhs_region21_ons_code', 'nhs_region21_name', 'status'],
    missing: ['NA'],
    constants: { nation: 'england', system: '', kind: 'trust', valid_from: '', valid_to: '' },
  },
];
