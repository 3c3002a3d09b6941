import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'leave_start_rate',
  subject: 'turnover',
  title: 'Began maternity leave or career break',
  plain: 'Of every 100 people in post at the start, how many began maternity leave or a career break.',
  ask: 'retain',
  unit: 'percent',
  direction: 'none',
  formula: () => ({ kind: 'proportion', numerator: { went_inactive: 1 }, denominator: { headcount_start: 1 } }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: ['England counts them as leaving active service: they are part of the leaver rate by the average method.'],
  source:
    'Flow classes of the Department of Health and Social Care (Workforce-Package, Joiner Leaver Functions): active to non-active',
};
