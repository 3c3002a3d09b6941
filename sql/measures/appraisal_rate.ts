import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'appraisal_rate',
  subject: 'training',
  title: 'Appraisal rate',
  plain: 'Of every 100 people, how many had an appraisal in the last twelve months.',
  ask: 'conversations',
  unit: 'percent',
  direction: 'up',
  formula: () => ({ kind: 'proportion', numerator: { appraised: 1 }, denominator: { training_eligible: 1 } }),
  outcome: { worse: 'lower' },
  comparable: everyNation,
  grains: ['year'],
  caveats: [
    'Of people in post at both ends of the twelve months, so that everybody had a year in which it could happen.',
  ],
  source: 'Appraisal date within 12 months (NHS wMDS, APPRAISAL_DATE)',
};
