import type { Extract } from './extract.ts';
import { organisationCode } from './shapes.ts';

/** Organisations that became others, where the shipped reference list does not say so: a merger is then not mass leaving. */
export const successions: Extract = {
  name: 'successions',
  title: 'Successions',
  meaning:
    'Which organisation became which, for mergers, splits and changes of code that the reference list does not hold yet.',
  grain: 'one row per old code, new code and day',
  key: ['old_code', 'new_code', 'date'],
  columns: [
    {
      name: 'old_code',
      kind: 'reference',
      required: true,
      filled: true,
      pattern: organisationCode,
      meaning: 'Code that ended.',
      example: 'RRP',
    },
    {
      name: 'new_code',
      kind: 'reference',
      required: true,
      filled: true,
      pattern: organisationCode,
      meaning: 'Code that goes on.',
      example: 'G6V2S',
    },
    {
      name: 'date',
      kind: 'date',
      required: true,
      filled: true,
      meaning: 'First day of the new code.',
      example: '2024-11-01',
    },
  ],
};
