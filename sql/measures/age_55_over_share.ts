import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'age_55_over_share',
  subject: 'staff',
  title: 'Share aged 55 and over',
  plain: 'Of every 100 people whose age is known, how many are 55 or older and may retire within some years.',
  ask: 'planning',
  unit: 'percent',
  direction: 'none',
  formula: () => ({
    kind: 'share',
    numerator: { headcount: 1 },
    denominator: { headcount: 1 },
    of: ['age_band'],
    categories: ['age_55_64', 'age_65_over'],
    known: true,
  }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: [
    'People whose category is not recorded are left out of the base; read it beside the share that is not recorded.',
    'Age says who could retire, not who will.',
  ],
  source:
    'NHS Workforce Statistics methodology (NHS England): https://digital.nhs.uk/data-and-information/publications/statistical/nhs-workforce-statistics: age bands of ten years',
};
