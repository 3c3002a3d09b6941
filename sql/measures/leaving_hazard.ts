import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'leaving_hazard',
  subject: 'retention',
  title: 'Leaving rate by time since joining',
  plain: 'For every 100 people in post for a year at this point since joining, how many left.',
  ask: 'retain',
  unit: 'per_100',
  direction: 'down',
  formula: () => ({ kind: 'rate', numerator: { exits_left: 1 }, denominator: { exposure_months: 1 }, per: 1200 }),
  base: { at_risk: 1 },
  comparable: everyNation,
  grains: ['year'],
  caveats: [
    'Rows must be split by time since joining; nobody is followed beyond 60 months, and people already in post when the extracts begin enter at their length of service.',
    'Leaving the organisation other than by becoming registered.',
  ],
  source:
    'Events ÷ person-time of a life table with delayed entry (Breslow and Day, Statistical Methods in Cancer Research, vol. 2, 1987)',
};
