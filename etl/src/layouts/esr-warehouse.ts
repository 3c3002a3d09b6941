import { ageBands, bands, contracts, days, noEnd, statuses } from './generic.ts';
import {
  disabilities,
  ethnicGroups,
  leavingCodes,
  notRecorded,
  orientations,
  religions,
  sexes,
} from './label-codes.ts';
import type { Layout } from './layout.ts';

/**
 * The NHS Electronic Staff Record data warehouse, after pseudonymisation. Column names as public code reads them
 * (NHSDigital/absence-rates, NHSDigital/NHS-Staff-Earnings-Estimates). The warehouse's own `Unique Nhs Identifier` and `Asg Number`
 * identify people and refuse the file: send pseudonyms in their place.
 */
export const layouts: Layout[] = [
  {
    id: 'esr-warehouse',
    title: 'Workforce, ESR data warehouse',
    extract: 'workforce',
    trims: true,
    missing: ['NULL', 'Not Known', ...noEnd],
    headers: {
      period_end: ['Tm End Date'],
      person_id: ['Person Pseudonym', 'Pseudonymised Unique Nhs Identifier'],
      assignment_id: ['Assignment Pseudonym', 'Pseudonymised Asg Number'],
      organisation_code: ['Ocs Code', 'ODS code'],
      employer_code: ['Employing Ocs Code'],
      occupation_code: ['Occupation Code'],
      band: ['Grade', 'AfC Band'],
      contracted_fte: ['Contracted Wte'],
      contracted_hours: ['Contracted Hours'],
      assignment_status: ['Status'],
      contract_type: ['Asg Type Of Contract'],
      organisation_start_date: ['Start Date In Organisation'],
      organisation_end_date: ['Actual Termination Date', 'Termination Date', 'End Date In Organisation'],
      sex: ['Gender'],
      ethnic_group: ['Ethnic Origin'],
      age_band: ['Age Band'],
      disability: ['Disabled'],
    },
    dates: { period_end: [...days, 'YYYYMM', 'Mon-YY'], organisation_start_date: days, organisation_end_date: days },
    ignored: [
      'Tm Year Month',
      'Breed',
      'User Person Type',
      'Main Staff Group Name',
      'Staff Group 1 Name',
      'Flag Contracted',
      'Nationality',
    ],
    codes: {
      band: bands,
      age_band: ageBands,
      ethnic_group: { ...ethnicGroups, ...notRecorded },
      sex: sexes,
      disability: disabilities,
      sexual_orientation: orientations,
      religion: religions,
      assignment_status: statuses,
      contract_type: contracts,
    },
  },
  {
    id: 'esr-warehouse',
    title: 'Retention, ESR data warehouse',
    extract: 'retention',
    trims: true,
    missing: ['NULL'],
    headers: {
      leaving_date: ['Termination Date', 'Actual Termination Date'],
      person_id: ['Person Pseudonym', 'Pseudonymised Unique Nhs Identifier'],
      organisation_code: ['Ocs Code', 'ODS code'],
      leaving_reason: ['Leaving Reason', 'Reason For Leaving'],
      destination: ['Destination On Leaving', 'Leaving Destination'],
    },
    dates: { leaving_date: days },
    codes: leavingCodes,
  },
];
