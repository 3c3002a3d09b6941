import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'net_reclassification',
  subject: 'turnover',
  title: 'Net reclassification',
  plain: 'How many more people were recoded into AHP support than out of it, without changing jobs.',
  ask: 'retain',
  unit: 'people',
  direction: 'none',
  formula: () => ({ kind: 'count', numerator: { reclassified_in: 1, reclassified_out: -1 }, signed: true }),
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: ['Nobody came or went: a change of code alone. It can be as large as turnover in this workforce.'],
  source:
    'Flow ledger: occupation code changed in the same organisation and assignment; the residual of NHS England turnover benchmarking shows its size',
};
