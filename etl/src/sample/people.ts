/** What a person is hired as. A recorded occupation code may disagree for a while. */
export const FAMILY = { support: 0, registered: 1, technician: 2, ambulance: 3, other: 4 } as const;
export const PRESENCE = { absent: 0, present: 1, gone: 2 } as const;
export const STATUSES = [
  'active', 'acting_up', 'internal_secondment', 'external_secondment', 'suspended', 'maternity', 'career_break',
] as const; // prettier-ignore
export const STATUS = {
  active: 0,
  acting_up: 1,
  internal: 2,
  external: 3,
  suspended: 4,
  maternity: 5,
  career_break: 6,
};
export const CONTRACTS = ['permanent', 'fixed_term', 'bank', 'locum', 'honorary'] as const;
export const CONTRACT = { permanent: 0, fixed_term: 1, bank: 2, locum: 3, honorary: 4 };
export const BANDS = ['1', '2', '3', '4', '5', '6', '7', '8a', '8b', '8c', '8d', '9', 'non_afc'] as const;
export const STAGES = ['', 'support_worker', 'senior_support_worker', 'assistant_practitioner'] as const;
export const AGE_BANDS = ['under_25', '25_34', '35_44', '45_54', '55_64', '65_over'] as const;
export const NONE = 0xffff;

/**
 * Every person of a sample, one array per attribute. A person has a main post and perhaps a second one; arrays of posts
 * hold the main post of person p at 2p and the second at 2p + 1.
 */
export interface People {
  count: number;
  presence: Uint8Array;
  family: Uint8Array;
  profession: Uint8Array;
  /** Months since year 0. */
  birthMonth: Int32Array;
  sex: Uint8Array;
  /** Place in the list of ethnic group letters. */
  ethnicity: Uint8Array;
  disability: Uint8Array;
  status: Uint8Array;
  statusUntil: Int16Array;
  stage: Uint8Array;
  /** Snapshot number of the last band change. */
  bandSince: Int16Array;
  /** Apprenticeship standard, 0 for none, with the snapshot number at which it ends. */
  standard: Uint8Array;
  standardEnds: Int16Array;
  /** Occupation code to return to after a miscoding, and when. */
  trueOccupation: Uint16Array;
  recodedUntil: Int16Array;
  contractEnds: Int16Array;
  appraisalMonth: Uint8Array;
  domains: Uint8Array;
  /** Snapshot number of the latest CPD, -999 before any. */
  lastCpd: Int16Array;
  posts: number;
  assignments: Uint8Array;
  organisation: Uint16Array;
  employer: Uint16Array;
  occupation: Uint16Array;
  band: Uint8Array;
  /** Thousandths of a full-time post. */
  fte: Uint16Array;
  contract: Uint8Array;
  startDay: Int32Array;
  assignment: Uint8Array;
  /** Text of a post's row after the date, '' when it must be written anew. */
  row: string[];
  ageBand: Uint8Array;
}

/** Empty arrays for `capacity` people. */
export function createPeople(capacity: number): People {
  const posts = capacity * 2;
  const people: People = {
    count: 0,
    presence: new Uint8Array(capacity),
    family: new Uint8Array(capacity),
    profession: new Uint8Array(capacity),
    birthMonth: new Int32Array(capacity),
    sex: new Uint8Array(capacity),
    ethnicity: new Uint8Array(capacity),
    disability: new Uint8Array(capacity),
    status: new Uint8Array(capacity),
    statusUntil: new Int16Array(capacity),
    stage: new Uint8Array(capacity),
    bandSince: new Int16Array(capacity),
    standard: new Uint8Array(capacity),
    standardEnds: new Int16Array(capacity),
    trueOccupation: new Uint16Array(capacity).fill(NONE),
    recodedUntil: new Int16Array(capacity),
    contractEnds: new Int16Array(capacity),
    appraisalMonth: new Uint8Array(capacity),
    domains: new Uint8Array(capacity),
    lastCpd: new Int16Array(capacity).fill(-999),
    posts,
    assignments: new Uint8Array(capacity),
    organisation: new Uint16Array(posts).fill(NONE),
    employer: new Uint16Array(posts),
    occupation: new Uint16Array(posts),
    band: new Uint8Array(posts),
    fte: new Uint16Array(posts),
    contract: new Uint8Array(posts),
    startDay: new Int32Array(posts),
    assignment: new Uint8Array(posts),
    row: new Array<string>(posts).fill(''),
    ageBand: new Uint8Array(capacity),
  };
  return people;
}

export const bandPlace = (band: string): number => BANDS.indexOf(band as (typeof BANDS)[number]);

export const hasSecondPost = (people: People, person: number): boolean => people.organisation[2 * person + 1] !== NONE;

/** Says that what a person's rows show has changed. */
export function touch(people: People, person: number): void {
  people.row[2 * person] = '';
  people.row[2 * person + 1] = '';
}

/** Whole years of age in a month (months since year 0). */
export const ageAt = (people: People, person: number, month: number): number =>
  Math.floor((month - people.birthMonth[person]!) / 12);

export const ageBandOf = (age: number): number => (age < 25 ? 0 : age < 65 ? Math.floor((age - 15) / 10) : 5);

/** True when the person works: not on maternity leave, a career break or suspended. */
export const isActive = (status: number): boolean => status <= STATUS.internal;
