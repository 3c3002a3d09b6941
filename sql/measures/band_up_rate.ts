import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'band_up_rate',
  subject: 'progression',
  title: 'Band-up rate',
  plain: 'Of every 100 people in post at the start, how many were in a higher band at the end.',
  ask: 'career',
  unit: 'percent',
  direction: 'up',
  formula: () => ({ kind: 'proportion', numerator: { band_up: 1 }, denominator: { headcount_start: 1 } }),
  outcome: { worse: 'lower' },
  comparable: everyNation,
  grains: everyGrain,
  caveats: [
    'Split by band it is the ladder 2 to 3, 3 to 4 and 4 to 5 or above; only people who are AHP support workers at both ends are seen.',
    'A rebanding of whole roles counts as moving up.',
  ],
  source:
    '2025 joint statement of the AHP professional bodies and unions on the support workforce: career development; transition rates between Agenda for Change bands',
};
