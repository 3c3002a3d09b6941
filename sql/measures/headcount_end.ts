import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'headcount_end',
  subject: 'turnover',
  title: 'Headcount at end',
  plain: 'How many people were in post at the end of the period.',
  ask: 'retain',
  unit: 'people',
  direction: 'none',
  formula: () => ({ kind: 'count', numerator: { headcount: 1 } }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: ['The same figure as headcount.'],
  source:
    'NHS England turnover benchmarking: https://digital.nhs.uk/data-and-information/publications/statistical/nhs-workforce-statistics: denominator at end of period',
};
