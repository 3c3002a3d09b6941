import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'early_leaver_share',
  subject: 'turnover',
  title: 'Early leaver share',
  plain: 'Of every 100 people who left, how many had been in the organisation for less than a year.',
  ask: 'retain',
  unit: 'percent',
  direction: 'down',
  formula: () => ({ kind: 'proportion', numerator: { early_leavers: 1 }, denominator: { leavers_organisation: 1 } }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: [
    'Service is counted at the start of the period.',
    'People who joined and left within one period are in neither snapshot: monthly figures see more of them than yearly ones.',
  ],
  source: 'Leavers by length of service under 12 months (NHS wMDS leaving fields)',
};
