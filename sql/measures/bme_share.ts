import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'bme_share',
  subject: 'equity',
  title: 'Share from ethnic minorities',
  plain:
    'Of every 100 people whose ethnic group is known, how many are Asian, Black, mixed or of another minority group.',
  ask: 'fairness',
  unit: 'percent',
  direction: 'none',
  formula: () => ({
    kind: 'share',
    numerator: { headcount: 1 },
    denominator: { headcount: 1 },
    of: ['ethnic_group'],
    categories: ['mixed', 'asian', 'black', 'other'],
    known: true,
  }),
  disclosure: 'ethnicity_disclosure_rate',
  comparable: everyNation,
  grains: everyGrain,
  caveats: [
    'People whose category is not recorded are left out of the base; read it beside the share that is not recorded.',
    'White minorities, such as Gypsy, Roma and Irish Traveller or other White, are counted as White.',
  ],
  source:
    'NHS Workforce Race Equality Standard, indicator 1 (share by band), England; check value: support to ST&T staff, June 2022, 15,398 of 81,331 known',
};
