import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'band_down_rate',
  subject: 'progression',
  title: 'Band-down rate',
  plain: 'Of every 100 people in post at the start, how many were in a lower band at the end.',
  ask: 'career',
  unit: 'percent',
  direction: 'down',
  formula: () => ({ kind: 'proportion', numerator: { band_down: 1 }, denominator: { headcount_start: 1 } }),
  outcome: { worse: 'higher' },
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: ['Part of it is corrections of wrong bands.'],
  source:
    '2025 joint statement of the AHP professional bodies and unions on the support workforce: career development; transition rates between Agenda for Change bands',
};
