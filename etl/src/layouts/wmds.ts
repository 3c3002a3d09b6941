import { ageBands, bands } from './generic.ts';
import type { Layout } from './layout.ts';

/**
 * The National Workforce Data Set / workforce minimum data set item names, after pseudonymisation. `EMPLOYEE_NUMBER` and
 * `DATE_OF_BIRTH` are items of the set that refuse the file: send a pseudonym and an age band.
 */
export const layouts: Layout[] = [
  {
    id: 'wmds',
    title: 'Workforce, minimum data set',
    extract: 'workforce',
    trims: true,
    headers: {
      period_end: ['CENSUS_DATE'],
      person_id: ['PERSON_PSEUDONYM'],
      assignment_id: ['ASSIGNMENT_PSEUDONYM'],
      organisation_code: ['WORKPLACE_ORG_CODE'],
      employer_code: ['EMPLOYING_ORG_CODE'],
      occupation_code: ['OCCUPATION_CODE'],
      band: ['GRADE'],
      contracted_fte: ['CONTRACTED_FTE'],
      contracted_hours: ['CONTRACTED_HOURS'],
      assignment_status: ['STATUS'],
      contract_type: ['TYPE_OF_CONTRACT'],
      organisation_start_date: ['START_DATE_ORG'],
      sex: ['GENDER'],
      ethnic_group: ['ETHNIC_ORIGIN'],
      age_band: ['AGE_BAND'],
      disability: ['DISABILITY'],
      sexual_orientation: ['SEXUAL_ORIENTATION'],
      religion: ['RELIGIOUS_BELIEF'],
    },
    ignored: ['AVG_WEEKLY_HOURS_WORKED', 'CONTRACTED_SESSION', 'STAFF_GROUP', 'JOB_ROLE', 'AREA_OF_WORK'],
    codes: { band: bands, age_band: ageBands, sex: { f: 'female', m: 'male' }, disability: { y: 'yes', n: 'no' } },
  },
  {
    id: 'wmds',
    title: 'Retention, minimum data set',
    extract: 'retention',
    trims: true,
    headers: {
      leaving_date: ['END_DATE_ORG'],
      person_id: ['PERSON_PSEUDONYM'],
      organisation_code: ['EMPLOYING_ORG_CODE'],
      leaving_reason: ['REASON_FOR_LEAVING'],
      destination: ['DESTINATION_ON_LEAVING'],
    },
  },
];
