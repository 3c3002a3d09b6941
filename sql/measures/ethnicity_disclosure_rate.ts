import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'ethnicity_disclosure_rate',
  subject: 'equity',
  title: 'Ethnic group known',
  plain: 'Of every 100 people, for how many the ethnic group is known.',
  ask: 'fairness',
  unit: 'percent',
  direction: 'up',
  formula: () => ({
    kind: 'share',
    numerator: { headcount: 1 },
    denominator: { headcount: 1 },
    of: ['ethnic_group'],
    categories: ['white', 'mixed', 'asian', 'black', 'other'],
  }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: [
    '“Prefer not to say” counts as not known.',
    'Low values make every comparison between ethnic groups doubtful.',
  ],
  source: 'NHS Workforce Race Equality Standard, indicator 1 (share by band), England',
};
