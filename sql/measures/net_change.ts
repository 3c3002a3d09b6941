import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'net_change',
  subject: 'turnover',
  title: 'Net change',
  plain: 'How many more people were in post at the end of the period than at its start.',
  ask: 'retain',
  unit: 'people',
  direction: 'up',
  formula: () => ({ kind: 'count', numerator: { headcount: 1, headcount_start: -1 }, signed: true }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: ['Not joiners − leavers: people also come and go by leave, moves between roles and recoding.'],
  source:
    'NHS England turnover benchmarking: https://digital.nhs.uk/data-and-information/publications/statistical/nhs-workforce-statistics: end − start',
};
