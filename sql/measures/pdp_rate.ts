import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'pdp_rate',
  subject: 'training',
  title: 'Personal development plan rate',
  plain: 'Of every 100 people, how many agreed a personal development plan in the last twelve months.',
  ask: 'conversations',
  unit: 'percent',
  direction: 'up',
  formula: () => ({ kind: 'proportion', numerator: { pdp: 1 }, denominator: { training_eligible: 1 } }),
  outcome: { worse: 'lower' },
  comparable: everyNation,
  grains: ['year'],
  caveats: [
    'Of people in post at both ends of the twelve months, so that everybody had a year in which it could happen.',
    'That there is a plan says nothing about how good it is.',
  ],
  source: '2025 joint statement of the AHP professional bodies and unions on the support workforce: high-quality PDPs',
};
