import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'supervision_rate',
  subject: 'training',
  title: 'Supervision rate',
  plain: 'Of every 100 people, how many had supervision in the last three months.',
  ask: 'training',
  unit: 'percent',
  direction: 'up',
  formula: () => ({ kind: 'proportion', numerator: { supervised: 1 }, denominator: { training_eligible: 1 } }),
  outcome: { worse: 'lower' },
  comparable: everyNation,
  grains: ['year'],
  caveats: [
    'Of people in post at both ends of the twelve months, so that everybody had a year in which it could happen.',
    'The three months before the end of the year.',
  ],
  source:
    '2025 joint statement of the AHP professional bodies and unions on the support workforce: supervision and delegation',
};
