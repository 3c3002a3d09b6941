import {
  disabilities,
  ethnicGroups,
  leavingCodes,
  notRecorded,
  orientations,
  religions,
  sexes,
} from './label-codes.ts';
import type { DateFormat, Layout } from './layout.ts';

const person = ['pseudonym', 'person pseudonym', 'pseudo id', 'person', 'staff pseudonym'];
const organisation = ['org code', 'organisation', 'ods code', 'trust code', 'workplace code', 'workplace org code'];
const fte = ['fte', 'wte', 'contracted wte', 'contract fte'];
/** How days are written in the United Kingdom: none of these can be taken for another. */
export const days: readonly DateFormat[] = [
  'YYYY-MM-DD',
  'YYYY-MM-DD 00:00:00',
  'DD/MM/YYYY',
  'DD-MON-YYYY',
  'YYYYMMDD',
];
const flag = { y: 'Y', n: 'N', yes: 'Y', no: 'N', true: 'Y', false: 'N', '1': 'Y', '0': 'N' };
const missing = ['.', '-', 'N/A', 'NULL', 'null', 'Unknown', 'Not recorded'];
const ends = [
  'end date',
  'leaving date',
  'termination date',
  'actual termination date',
  'end date in organisation',
  'last day',
];

/** Bands of five years lie within ours of ten where they begin with a 0 or a 5; those that begin with a 1 or a 6 do not. */
const ofFive = [25, 30, 35, 40, 45, 50, 55, 60].flatMap((from) => {
  const ten = from % 10 === 5 ? from : from - 5;
  return ['-', ' - ', ' to '].map((to) => [`${from}${to}${from + 4}`, `${ten}_${ten + 9}`] as const);
});

export const ageBands: Record<string, string> = {
  ...notRecorded,
  ...Object.fromEntries(ofFive),
  ...Object.fromEntries(
    [
      'under 20',
      '<20',
      '16-19',
      '16 to 19',
      '16-24',
      '16 to 24',
      '18-24',
      '20-24',
      '20 to 24',
      '20 - 24',
      '24 and under',
    ].map((way) => [way, 'under_25']),
  ),
  ...Object.fromEntries(
    ['65-69', '65 to 69', '70+', '70 and over', '70-74', '75+', '65 plus', '65 or over'].map((way) => [way, '65_over']),
  ),
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

// Pay scales of the Electronic Staff Record: XR is under the pay review body, XN is not; 08 to 11 are the parts of band 8 (as remembered).
const afc = ['1', '2', '3', '4', '5', '6', '7', '8a', '8b', '8c', '8d', '9'];
const scales = afc.flatMap((band, at) => {
  const scale = String(at + 1).padStart(2, '0');
  const named = band.startsWith('8') ? [`band ${band}`, `band 8 - range ${band[1]!}`] : [`band ${band}`];
  return ['xr', 'xn'].flatMap((letters) => {
    const body = letters === 'xr' ? 'review body' : 'non review body';
    const texts = named.map((name) => `${body} ${name}`);
    return [`${letters}${scale}`, ...texts, ...texts.map((text) => `nhs|${letters}${scale}|${text}`)].map(
      (way) => [way, band] as const,
    );
  });
});

export const bands: Record<string, string> = {
  ...Object.fromEntries(
    afc.flatMap((band) => [
      ...[
        `band ${band}`,
        `band${band}`,
        `afc band ${band}`,
        `agenda for change band ${band}`,
        `agenda for change - band ${band}`,
        `afc ${band}`,
        `afc${band}`,
        `b${band}`,
      ].map((way) => [way, band]),
      ...(band.length > 1
        ? [[band, band]]
        : [
            [`0${band}`, band],
            [`band 0${band}`, band],
            [`${band}.0`, band],
          ]),
    ]),
  ),
  ...Object.fromEntries(scales),
  ...Object.fromEntries(
    ['non afc', 'non-afc', 'non afc grade', 'non-afc grade', 'local', 'vsm'].map((way) => [way, 'non_afc']),
  ),
};

/** A day that means that there is no end. */
export const noEnd = [
  '31/12/4712',
  '31-DEC-4712',
  '4712-12-31',
  '4712-12-31 00:00:00',
  '31/12/9999',
  '9999-12-31',
  '31-DEC-9999',
  '31/12/2999',
];

export const statuses = {
  'active assignment': 'active',
  active: 'active',
  'acting up': 'acting_up',
  'internal secondment': 'internal_secondment',
  'out on external secondment - paid': 'external_secondment',
  'out on external secondment - unpaid': 'external_secondment',
  'external secondment': 'external_secondment',
  'suspend assignment': 'suspended',
  'suspend no pay': 'suspended',
  'suspend with pay': 'suspended',
  suspended: 'suspended',
  'maternity & adoption': 'maternity',
  maternity: 'maternity',
  'maternity and adoption': 'maternity',
  'career break': 'career_break',
};

export const contracts = {
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
    missing: [...missing, ...noEnd],
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
      organisation_end_date: ends,
      stage: ['framework stage'],
      apprentice: ['apprentice flag', 'is apprentice'],
      sex: ['gender'],
      ethnic_group: ['ethnicity', 'ethnic origin', 'ethnic category'],
      age_band: ['age group', 'age'],
      disability: ['disabled', 'disability status'],
      sexual_orientation: ['orientation'],
      religion: ['religious belief', 'religion or belief'],
    },
    dates: { period_end: [...days, 'YYYYMM', 'Mon-YY'], organisation_start_date: days, organisation_end_date: days },
    codes: {
      sex: sexes,
      ethnic_group: { ...ethnicGroups, ...notRecorded },
      apprentice: flag,
      disability: disabilities,
      sexual_orientation: orientations,
      religion: religions,
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
