import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'to_registered_rate',
  subject: 'progression',
  title: 'Support to registered',
  plain: 'Of every 100 support workers in post at the start, how many were registered AHPs at the end.',
  ask: 'career',
  unit: 'percent',
  direction: 'up',
  formula: () => ({ kind: 'proportion', numerator: { to_registered: 1 }, denominator: { headcount_start: 1 } }),
  outcome: { worse: 'lower' },
  comparable: everyNation,
  grains: everyGrain,
  caveats: [
    'People who leave to study and come back registered later are seen as leavers and as registered joiners, not here.',
  ],
  source:
    '2025 joint statement of the AHP professional bodies and unions on the support workforce: pathways into the regulated professions',
};
