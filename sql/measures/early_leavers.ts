import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'early_leavers',
  subject: 'turnover',
  title: 'Early leavers',
  plain:
    'How many of the people who left had been in the organisation for less than a year at the start of the period.',
  ask: 'retain',
  unit: 'people',
  direction: 'down',
  formula: () => ({ kind: 'count', numerator: { early_leavers: 1 } }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: [
    'People who joined and left within one period are in neither snapshot: monthly figures see more of them than yearly ones.',
  ],
  source: 'Leavers by length of service under 12 months (NHS wMDS leaving fields)',
};
