import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'mandatory_compliance',
  subject: 'training',
  title: 'Mandatory training compliance',
  plain: 'Of every 100 people, how many have their mandatory training in date.',
  ask: 'training',
  unit: 'percent',
  direction: 'up',
  formula: () => ({ kind: 'proportion', numerator: { mandatory_compliant: 1 }, denominator: { training_eligible: 1 } }),
  outcome: { worse: 'lower' },
  comparable: everyNation,
  grains: ['year'],
  caveats: [
    'Of people in post at both ends of the twelve months, so that everybody had a year in which it could happen.',
    'In date at the end of the year, by any record of mandatory training.',
  ],
  source: 'Core Skills Training Framework (Skills for Health): statutory and mandatory training in date',
};
