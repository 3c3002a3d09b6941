import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'disability_disclosure_rate',
  subject: 'equity',
  title: 'Disability answer known',
  plain: 'Of every 100 people, for how many it is known whether they are disabled.',
  ask: 'fairness',
  unit: 'percent',
  direction: 'up',
  formula: () => ({
    kind: 'share',
    numerator: { headcount: 1 },
    denominator: { headcount: 1 },
    of: ['disability'],
    categories: ['disabled', 'not_disabled'],
  }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: [
    '“Prefer not to say” counts as not known.',
    'Low values make every comparison of disabled and other people doubtful.',
  ],
  source: 'NHS Workforce Disability Equality Standard, metric 1 (share by band), England',
};
