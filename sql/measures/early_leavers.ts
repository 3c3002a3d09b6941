import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'early_leavers',
  subject: 'turnover',
  title: 'Early leavers',
  plain: 'How many of the people who left had started there less than twelve months before.',
  ask: 'retain',
  unit: 'people',
  direction: 'down',
  formula: () => ({ kind: 'count', numerator: { early_leavers: 1 } }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: [
    'From the start with this employer to the leaving date; people who came and went within the period are counted.',
    'Stays between two snapshots are not seen.',
  ],
  source: 'Leavers by length of service under 12 months (NHS wMDS leaving fields)',
};
