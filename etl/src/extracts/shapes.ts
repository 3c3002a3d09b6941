import type { Rule } from './extract.ts';

/** Shapes of values that several extracts share. */
export const pseudonym = '[A-Za-z0-9][A-Za-z0-9_.:/+=-]{0,63}';
export const organisationCode = '[A-Z0-9]{2,12}';
export const occupationCode = '[A-Z0-9]{3}';

/** Agenda for Change bands as contracts write them; `non_afc` is local, medical or very senior pay. */
export const bands = ['1', '2', '3', '4', '5', '6', '7', '8a', '8b', '8c', '8d', '9', 'non_afc'] as const;

/** A month end that cannot be: a slip of the year would be the latest month of a release, or make its first one empty. */
export const monthRules: readonly Rule[] = [
  {
    column: 'period_end',
    holds: 'period_end <= last_day(current_date + interval 1 month)',
    reason: 'is later than next month',
    severity: 'quarantine',
  },
  {
    column: 'period_end',
    holds: "period_end >= date '2004-12-31'",
    reason: 'is before December 2004, when Agenda for Change began',
    severity: 'quarantine',
  },
];

/** The fourteen allied health professions as the care settings of NHS statistics group them, with ambulance. */
export const professions = [
  'podiatry',
  'dietetics',
  'occupational_therapy',
  'orthoptics',
  'physiotherapy',
  'diagnostic_radiography',
  'therapeutic_radiography',
  'arts_therapies',
  'speech_language_therapy',
  'operating_theatres',
  'prosthetics_orthotics',
  'osteopathy',
  'ambulance',
] as const;
