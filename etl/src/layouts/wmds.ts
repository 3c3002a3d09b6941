import { ageBands, bands, days } from './generic.ts';
import { ethnicGroups, leavingCodes } from './label-codes.ts';
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
    ignored: [
      'ABSENCE_CATEGORY',
      'ABSENCE_REASON',
      'ABSENCE_TYPE',
      'APPRAISAL_DATE',
      'AREA_OF_WORK',
      'AVG_WEEKLY_HOURS_WORKED',
      'CONTRACTED_SESSION',
      'DESTINATION_ON_LEAVING',
      'END_DATE_ABSENCE',
      'END_DATE_CONTRACT',
      'END_DATE_LAST_WORKING_DAY',
      'END_DATE_ORG',
      'END_DATE_REGISTRATION',
      'JOB_ROLE',
      'REASON_FOR_LEAVING',
      'STAFF_GROUP',
    ],
    dates: { period_end: days, organisation_start_date: days },
    codes: {
      ethnic_group: ethnicGroups,
      band: bands,
      age_band: ageBands,
      sex: { f: 'female', m: 'male' },
      disability: { y: 'yes', n: 'no' },
    },
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
    dates: { leaving_date: days },
    codes: leavingCodes,
  },
];
