import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'headcount_core',
  subject: 'staff',
  title: 'Headcount, core definition',
  plain: 'How many assistant practitioners and helpers there are, leaving out trainees and other support roles.',
  ask: 'numbers',
  unit: 'people',
  direction: 'up',
  formula: () => ({ kind: 'count', numerator: { headcount_core: 1 } }),
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: [
    'The narrowest of three definitions of AHP support; use it to compare with publications that count assistants and helpers only.',
  ],
  source: 'Occupation codes S8 and S9 of the NHS Occupation Code Manual (NHS England)',
};
