import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'band_up_hazard',
  subject: 'retention',
  title: 'Promotion rate by time since joining',
  plain: 'For every 100 people in post for a year at this point since joining, how many moved up a band.',
  ask: 'career',
  unit: 'per_100',
  direction: 'up',
  formula: () => ({ kind: 'rate', numerator: { exits_band_up: 1 }, denominator: { exposure_months: 1 }, per: 1200 }),
  base: { at_risk: 1 },
  comparable: everyNation,
  grains: ['year'],
  caveats: [
    'Rows must be split by time since joining; nobody is followed beyond 60 months, and people already in post when the extracts begin enter at their length of service.',
    'Moving up competes with leaving: turned into shares by the cumulative incidence, never by 1 − survival.',
  ],
  source:
    'Events ÷ person-time of a life table with delayed entry (Breslow and Day, Statistical Methods in Cancer Research, vol. 2, 1987)',
};
