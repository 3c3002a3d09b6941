import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'early_leaver_share',
  subject: 'turnover',
  title: 'Early leaver share',
  plain: 'Of every 100 people who left, how many had been in the organisation for less than a year.',
  ask: 'retain',
  unit: 'percent',
  direction: 'down',
  formula: () => ({ kind: 'proportion', numerator: { early_leavers: 1 }, denominator: { leavers_dated: 1 } }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: [
    'From the start with this employer to the leaving date; people who came and went within the period are counted, above and below the line.',
    'Without a recorded start, from the month somebody was first seen there.',
  ],
  source: 'Leavers by length of service under 12 months (NHS wMDS leaving fields)',
};
