import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'representation',
  subject: 'equity',
  title: 'Representation',
  plain: 'Of every 100 people whose answer is known, how many belong to each group.',
  ask: 'fairness',
  unit: 'percent',
  direction: 'none',
  formula: () => ({
    kind: 'share',
    numerator: { headcount: 1 },
    denominator: { headcount: 1 },
    of: ['sex', 'ethnic_group', 'age_band', 'disability'],
    known: true,
  }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: [
    'People whose category is not recorded are left out of the base; read it beside the share that is not recorded.',
    'Within each band, stage or profession that the answer is split by: by band and ethnic group it is the share of each group in each band.',
  ],
  source:
    'NHS Workforce Race Equality Standard, indicator 1 (share by band), England; of known answers, where the Standard itself counts all',
};
