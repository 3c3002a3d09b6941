import { ethnicGroups, leavingCodes, notRecorded } from './label-codes.ts';
import type { DateFormat, Layout } from './layout.ts';

const person = ['pseudonym', 'person pseudonym', 'pseudo id', 'person', 'staff pseudonym'];
const organisation = ['org code', 'organisation', 'ods code', 'trust code', 'workplace code', 'workplace org code'];
const fte = ['fte', 'wte', 'contracted wte', 'contract fte'];
const yesNo = {
  y: 'yes',
  n: 'no',
  true: 'yes',
  false: 'no',
  '1': 'yes',
  '0': 'no',
  'not declared': '',
  'not stated': '',
};
const sex = { f: 'female', m: 'male', woman: 'female', man: 'male', unknown: '', 'not known': '', 'not stated': '' };
/** How days are written in the United Kingdom: none of these can be taken for another. */
export const days: readonly DateFormat[] = ['YYYY-MM-DD', 'YYYY-MM-DD 00:00:00', 'DD/MM/YYYY', 'DD-MON-YYYY'];
const flag = { y: 'Y', n: 'N', yes: 'Y', no: 'N', true: 'Y', false: 'N', '1': 'Y', '0': 'N' };
const missing = ['.', '-', 'N/A', 'NULL', 'null', 'Unknown', 'Not recorded'];

export const ageBands = {
  'under 25': 'under_25',
  '<25': 'under_25',
  '25-34': '25_34',
  '25 to 34': '25_34',
  '35-44': '35_44',
  '35 to 44': '35_44',
  '45-54': '45_54',
  '45 to 54': '45_54',
  '55-64': '55_64',
  '55 to 64': '55_64',
  '65+': '65_over',
  'over 65': '65_over',
  '65 and over': '65_over',
};

export const bands = {
  ...Object.fromEntries(
    ['1', '2', '3', '4', '5', '6', '7', '8a', '8b', '8c', '8d', '9'].flatMap((band) => [
      [`band ${band}`, band],
      [`afc band ${band}`, band],
      [`b${band}`, band],
      ...(band.length > 1 ? [[band, band]] : []),
    ]),
  ),
  'non afc': 'non_afc',
  'non-afc': 'non_afc',
  'non afc grade': 'non_afc',
};

const statuses = {
  'active assignment': 'active',
  active: 'active',
  'acting up': 'acting_up',
  'internal secondment': 'internal_secondment',
  'out on external secondment - paid': 'external_secondment',
  'out on external secondment - unpaid': 'external_secondment',
  'external secondment': 'external_secondment',
  'suspend assignment': 'suspended',
  suspended: 'suspended',
  'maternity & adoption': 'maternity',
  maternity: 'maternity',
  'career break': 'career_break',
};

const contracts = {
  permanent: 'permanent',
  'fixed term': 'fixed_term',
  'fixed term temp': 'fixed_term',
  bank: 'bank',
  locum: 'locum',
  honorary: 'honorary',
};

/** Files made by hand or by a local system, with the names people usually give. */
export const layouts: Layout[] = [
  {
    id: 'generic',
    title: 'Workforce, with common names',
    extract: 'workforce',
    trims: true,
    missing,
    headers: {
      period_end: ['month end', 'period', 'snapshot date', 'census date', 'date'],
      person_id: person,
      assignment_id: ['assignment pseudonym', 'assignment', 'post pseudonym', 'pseudo assignment id'],
      organisation_code: organisation,
      employer_code: ['employer', 'employing org code', 'employing organisation'],
      occupation_code: ['occ code', 'occupation'],
      band: ['afc band', 'grade', 'pay band'],
      contracted_fte: fte,
      contracted_hours: ['hours', 'weekly hours', 'contract hours'],
      assignment_status: ['status'],
      contract_type: ['type of contract', 'assignment category', 'contract'],
      organisation_start_date: ['start date', 'start date in organisation', 'latest start date'],
      stage: ['framework stage'],
      apprentice: ['apprentice flag', 'is apprentice'],
      sex: ['gender'],
      ethnic_group: ['ethnicity', 'ethnic origin', 'ethnic category'],
      age_band: ['age group', 'age'],
      disability: ['disabled', 'disability status'],
      sexual_orientation: ['orientation'],
      religion: ['religious belief', 'religion or belief'],
    },
    dates: { period_end: [...days, 'YYYYMM', 'Mon-YY'], organisation_start_date: days },
    codes: {
      sex,
      ethnic_group: { ...ethnicGroups, ...notRecorded },
      apprentice: flag,
      disability: yesNo,
      age_band: ageBands,
      band: bands,
      assignment_status: statuses,
      contract_type: contracts,
    },
  },
  {
    id: 'generic',
    title: 'Training, with common names',
    extract: 'training',
    trims: true,
    missing,
    headers: {
      event_date: ['date', 'completion date', 'training date'],
      person_id: person,
      organisation_code: organisation,
      activity: ['event', 'type', 'training type'],
      outcome: ['status', 'result'],
      standard_code: ['standard', 'apprenticeship standard'],
      level: ['qualification level'],
      hours: ['cpd hours', 'duration hours'],
      domain: ['framework domain'],
      valid_to: ['expiry date', 'valid until'],
    },
    dates: { event_date: days, valid_to: days },
  },
  {
    id: 'generic',
    title: 'Retention, with common names',
    extract: 'retention',
    trims: true,
    missing,
    headers: {
      leaving_date: ['date', 'end date', 'termination date', 'last day'],
      person_id: person,
      organisation_code: organisation,
      leaving_reason: ['reason for leaving', 'reason'],
      destination: ['destination on leaving'],
    },
    dates: { leaving_date: days },
    codes: leavingCodes,
  },
];
