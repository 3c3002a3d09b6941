import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'headcount_start',
  subject: 'turnover',
  title: 'Headcount at start',
  plain: 'How many people were in post at the start of the period.',
  ask: 'retain',
  unit: 'people',
  direction: 'none',
  formula: () => ({ kind: 'count', numerator: { headcount_start: 1 } }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: ['The published headcount of the snapshot before; never perturbed a second time.'],
  source:
    'NHS England turnover benchmarking: https://digital.nhs.uk/data-and-information/publications/statistical/nhs-workforce-statistics: denominator at start of period',
};
