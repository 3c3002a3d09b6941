import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'first_step_hazard',
  subject: 'retention',
  title: 'First step up by time since joining',
  plain:
    'For every 100 people followed for a year from this point since joining, how many moved up a band for the first time.',
  ask: 'career',
  unit: 'per_100',
  direction: 'up',
  formula: () => ({ kind: 'rate', numerator: { first_steps: 1 }, denominator: { unstepped_months: 1 }, per: 1200 }),
  base: { unstepped: 1 },
  comparable: everyNation,
  grains: ['year'],
  caveats: [
    'Rows must be split by time since joining; only people seen since they joined, up to their first move to a higher band in the organisation, and nobody beyond 60 months.',
    'Moving up competes with leaving: turned into shares by the cumulative incidence (`timeToStep`), never by 1 − survival.',
  ],
  source:
    'Events ÷ person-time of a life table (Breslow and Day, Statistical Methods in Cancer Research, vol. 2, 1987)',
};
