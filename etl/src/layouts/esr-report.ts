import { ageBands, bands, contracts, days, noEnd, statuses } from './generic.ts';
import { disabilities, ethnicGroups, notRecorded, orientations, religions, sexes } from './label-codes.ts';
import type { Layout } from './layout.ts';

/**
 * Reports of staff in post from the Electronic Staff Record, after pseudonymisation, with the column names that its standard reports give (as
 * remembered). Such a report has no month: add a column, or say it for the whole file under `constants` of a layout.
 */
export const layouts: Layout[] = [
  {
    id: 'esr-report',
    title: 'Workforce, ESR report of staff in post',
    extract: 'workforce',
    trims: true,
    missing: ['NULL', ...noEnd],
    headers: {
      period_end: ['Effective Date', 'As At Date', 'Report Date', 'Month End'],
      person_id: ['Employee Pseudonym', 'Person Pseudonym'],
      assignment_id: ['Assignment Pseudonym'],
      organisation_code: ['Organisation', 'Organisation Code', 'VPD Organisation', 'Employing Authority'],
      occupation_code: ['Occupation Code'],
      band: ['Pay Scale', 'Pay Grade', 'Grade Step', 'Payscale Description', 'Pay Band'],
      contracted_fte: ['FTE', 'Contracted FTE', 'Actual FTE'],
      contracted_hours: ['Contracted Hours', 'Contract Hours'],
      assignment_status: ['Assignment Status'],
      contract_type: ['Assignment Category'],
      organisation_start_date: ['Latest Start Date', 'Latest Hire Date', 'Start Date In Organisation'],
      organisation_end_date: ['Actual Termination Date', 'Termination Date', 'Assignment End Date'],
      sex: ['Gender'],
      ethnic_group: ['Ethnic Origin'],
      age_band: ['Age Band'],
      disability: ['Disability', 'Disabled'],
      sexual_orientation: ['Sexual Orientation'],
      religion: ['Religious Belief'],
    },
    ignored: ['Staff Group', 'Role', 'Job Role', 'Area Of Work', 'Position Title', 'Cost Centre', 'Employee Category'],
    dates: { period_end: [...days, 'YYYYMM', 'Mon-YY'], organisation_start_date: days, organisation_end_date: days },
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
];
