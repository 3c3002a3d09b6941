import { everyGrain, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'fte',
  subject: 'staff',
  title: 'Full-time equivalents (FTE)',
  plain: 'Contracted working time, where 1.0 is one person working full time.',
  ask: 'numbers',
  unit: 'fte',
  direction: 'up',
  formula: () => ({ kind: 'count', numerator: { fte: 1 } }),
  scale: 1 / 1000,
  comparable: ['england', 'wales', 'northern_ireland'],
  grains: everyGrain,
  caveats: [
    'Scotland’s full-time week fell from 37.5 to 37 hours on 1 April 2024, which raises its FTE without more people.',
  ],
  source:
    'NHS Workforce Statistics methodology (NHS England): https://digital.nhs.uk/data-and-information/publications/statistical/nhs-workforce-statistics: sum of contracted FTE',
};
