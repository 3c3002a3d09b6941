import type { Extract } from './extract.ts';
import { organisationCode, professions } from './shapes.ts';

/** Workforce plans: the establishment aimed for. */
export const plan: Extract = {
  name: 'plan',
  title: 'Plan',
  meaning: 'Target full-time equivalents by year end.',
  grain: 'one row per year end, organisation and profession',
  key: ['year_end', 'organisation_code', 'profession'],
  columns: [
    {
      name: 'year_end',
      kind: 'date',
      required: true,
      filled: true,
      monthEnd: true,
      meaning: 'The year end aimed at.',
      example: '2028-03-31',
    },
    {
      name: 'organisation_code',
      kind: 'reference',
      required: true,
      filled: true,
      pattern: organisationCode,
      meaning: 'The organisation.',
      example: 'RJ1',
    },
    {
      name: 'profession',
      kind: 'code',
      required: true,
      filled: true,
      codes: professions,
      meaning: 'The profession supported.',
      example: 'physiotherapy',
    },
    {
      name: 'target_fte',
      kind: 'decimal',
      required: true,
      filled: true,
      scale: 5,
      minimum: 0,
      maximum: 100000,
      meaning: 'Full-time equivalents planned.',
      example: '140.0',
    },
  ],
};
