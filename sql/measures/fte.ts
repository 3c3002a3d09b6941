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
    'A full-time equivalent is a share of the nation’s own full-time week, and Scotland’s is shorter than England’s: headcounts compare better.',
  ],
  source:
    'NHS Workforce Statistics methodology (NHS England): https://digital.nhs.uk/data-and-information/publications/statistical/nhs-workforce-statistics: sum of contracted FTE',
};
