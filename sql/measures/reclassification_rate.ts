import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'reclassification_rate',
  subject: 'turnover',
  title: 'Reclassification rate',
  plain: 'For every 100 support workers, how many were recoded into or out of AHP support.',
  ask: 'trust',
  unit: 'percent',
  direction: 'down',
  formula: () => ({
    kind: 'rate',
    numerator: { reclassified_in: 1, reclassified_out: 1 },
    denominator: { headcount_start: 0.5, headcount: 0.5 },
    per: 1,
  }),
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: ['High values mean that growth and turnover partly reflect coding.'],
  source: 'Flow ledger: occupation code changed in the same organisation and assignment',
};
