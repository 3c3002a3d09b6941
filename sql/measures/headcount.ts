import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'headcount',
  subject: 'staff',
  title: 'Headcount',
  plain: 'How many people work in AHP support, each counted once by their main post.',
  ask: 'numbers',
  unit: 'people',
  direction: 'up',
  formula: () => ({ kind: 'count', numerator: { headcount: 1 } }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: ['People with two posts are counted once, where their largest contract is; bank-only posts are left out.'],
  source:
    'NHS Workforce Statistics methodology (NHS England): https://digital.nhs.uk/data-and-information/publications/statistical/nhs-workforce-statistics: distinct people with contracted FTE above zero',
};
