import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'cpd_participation',
  subject: 'training',
  title: 'CPD participation',
  plain: 'Of every 100 people, how many did continuing professional development in the last twelve months.',
  ask: 'training',
  unit: 'percent',
  direction: 'up',
  formula: () => ({ kind: 'proportion', numerator: { cpd_participants: 1 }, denominator: { training_eligible: 1 } }),
  outcome: { worse: 'lower' },
  comparable: everyNation,
  grains: ['year'],
  caveats: [
    'Of people in post at both ends of the twelve months, so that everybody had a year in which it could happen.',
    'Only recorded activities count; learning at work is recorded unevenly.',
  ],
  source:
    '2025 joint statement of the AHP professional bodies and unions on the support workforce: regular CPD for all support workers; access by group as WRES indicator 4',
};
