import { referenceRows } from '../extracts/reference-codes.ts';

/**
 * The labels of a shipped code list as suppliers write them, and their codes: `Voluntary resignation: promotion` also as
 * `voluntary resignation - promotion`, `&` for “and”. For `codes` of a layout.
 */
export function labelCodes(list: string, label = 'label', code = 'code'): Record<string, string> {
  const entries = referenceRows(list).flatMap((row) => {
    const written = row[label]!.toLowerCase();
    const ways = [written, written.replace(': ', ' - '), written.replace(': ', ' – ')];
    return [...ways, ...ways.map((way) => way.replaceAll(' and ', ' & '))].map((way) => [way, row[code]!] as const);
  });
  return Object.fromEntries(entries.filter(([, code]) => code !== '' && code !== 'unknown'));
}

/** NHS ethnic categories in the words of the NHS Data Dictionary, the Electronic Staff Record and the censuses. */
const ethnicWords: Record<string, string> = {
  A: 'british; white british; english, welsh, scottish, northern irish or british; white: english, welsh, scottish, northern irish or british',
  B: 'irish; white irish',
  C: 'any other white background; white - any other white background; other white; white other',
  D: 'white and black caribbean; mixed white and black caribbean',
  E: 'white and black african; mixed white and black african',
  F: 'white and asian; mixed white and asian',
  G: 'any other mixed background; mixed - any other mixed background; any other mixed or multiple ethnic background; other mixed',
  H: 'indian; asian or asian british - indian; asian indian',
  J: 'pakistani; asian or asian british - pakistani; asian pakistani',
  K: 'bangladeshi; asian or asian british - bangladeshi; asian bangladeshi',
  L: 'any other asian background; asian - any other asian background; asian or asian british - any other asian background; other asian',
  M: 'caribbean; black or black british - caribbean; black caribbean',
  N: 'african; black or black british - african; black african',
  P: 'any other black background; black - any other black background; black or black british - any other black background; other black',
  R: 'asian or asian british - chinese; other ethnic groups - chinese; other ethnic group - chinese',
  S: 'other ethnic group; other ethnic groups - any other ethnic group; other ethnic group - any other ethnic group',
};

/** NHS ethnic categories by letter with label (`a white - british`), by label alone, and by letter in any case. */
export const ethnicGroups: Record<string, string> = Object.fromEntries(
  [
    ...Object.entries(ethnicWords).flatMap(([letter, words]) =>
      words.split('; ').flatMap((word) => [word, word.replaceAll(' and ', ' & ')].map((way) => [way, letter] as const)),
    ),
    ...Object.entries(labelCodes('ethnic_group', 'detail_label', 'source_value')),
  ].flatMap(([written, letter]) => [
    [written, letter],
    [`${letter.toLowerCase()} ${written}`, letter],
    [`${letter.toLowerCase()} - ${written}`, letter],
  ]),
);

/** What people and systems write where somebody did not say, or was not asked. */
export const notRecorded = Object.fromEntries(
  [
    ...[
      'not recorded',
      'unknown',
      'not known',
      'not stated',
      'unspecified',
      'undefined',
      'not declared',
      'not disclosed',
    ],
    ...[
      'prefer not to say',
      'prefer not to answer',
      'prefer not to disclose',
      'not given',
      'not available',
      'not provided',
    ],
    ...['no response', 'refused', 'declined', 'null', 'n/a', 'na', 'n/k', 'nk', 'not asked', 'blank', '-', '.', '*'],
    ...['i do not wish to disclose', 'do not wish to disclose', 'i do not wish to disclose my disability'],
  ].map((word) => [word, '']),
);

/** Whether somebody has declared a disability. */
export const disabilities: Record<string, string> = {
  ...notRecorded,
  ...Object.fromEntries(['y', 'yes', 'true', '1', 'disabled', 'disability'].map((word) => [word, 'yes'])),
  ...Object.fromEntries(['n', 'no', 'false', '0', 'not disabled', 'no disability', 'none'].map((word) => [word, 'no'])),
};

export const orientations: Record<string, string> = {
  ...notRecorded,
  ...Object.fromEntries(['heterosexual', 'heterosexual or straight', 'straight'].map((word) => [word, 'heterosexual'])),
  ...Object.fromEntries(
    ['gay or lesbian', 'gay', 'lesbian', 'gay man', 'gay woman/lesbian'].map((word) => [word, 'gay_or_lesbian']),
  ),
  'other sexual orientation not listed': 'other',
  ...Object.fromEntries(
    [
      'not disclosed',
      'prefer not to say',
      'prefer not to answer',
      'not stated (person asked but declined to provide a response)',
      'i do not wish to disclose my sexual orientation',
    ].map((word) => [word, 'not_disclosed']),
  ),
};

export const religions: Record<string, string> = {
  ...notRecorded,
  ...Object.fromEntries(
    ['not disclosed', 'prefer not to say', 'prefer not to answer', 'i do not wish to disclose my religion/belief'].map(
      (word) => [word, 'not_disclosed'],
    ),
  ),
  ...{
    christian: 'christianity',
    muslim: 'islam',
    hindu: 'hinduism',
    sikh: 'sikhism',
    jewish: 'judaism',
    buddhist: 'buddhism',
    jain: 'jainism',
    atheist: 'atheism',
  },
};

export const sexes: Record<string, string> = {
  ...notRecorded,
  ...{ f: 'female', m: 'male', female: 'female', male: 'male', woman: 'female', man: 'male' },
  // Person stated gender of the NHS Data Dictionary.
  ...{ 1: 'male', 2: 'female', 9: '', x: '' },
};

/** Why people leave and where they go, in the words of the Electronic Staff Record as remembered; codes are ours. */
export const leavingCodes = {
  leaving_reason: {
    ...labelCodes('leaving_reason'),
    'voluntary resignation - other/not known': 'voluntary_resignation_other',
    'voluntary resignation - better reward package': 'voluntary_resignation_better_reward',
    'flexi retirement': 'flexible_retirement',
    'retirement - ill health': 'retirement_ill_health',
    'voluntary early retirement - no actuarial reduction': 'retirement_early',
    'voluntary early retirement - with actuarial reduction': 'retirement_early',
    'end of fixed term contract - completion of training scheme': 'end_of_fixed_term_training',
    'end of fixed term contract - end of work requirement': 'end_of_fixed_term_contract',
    'end of fixed term contract - external rotation': 'end_of_fixed_term_contract',
    'end of fixed term contract - other': 'end_of_fixed_term_contract',
    'has not worked': 'has_not_worked',
    'mutually agreed resignation - local scheme with repayment': 'mutually_agreed_resignation',
    'mutually agreed resignation - local scheme without repayment': 'mutually_agreed_resignation',
    ...notRecorded,
  },
  destination: {
    ...labelCodes('destination'),
    'private health/social care': 'private_health_social_care',
    'other private sector': 'private_sector_other',
    'other public sector': 'public_sector_other',
    'education / training': 'education_or_training',
    'education/training': 'education_or_training',
    'abroad - eu country': 'abroad_eu',
    'abroad - non eu country': 'abroad_other',
    ...notRecorded,
  },
};
