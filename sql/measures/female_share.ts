import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'female_share',
  subject: 'equity',
  title: 'Share of women',
  plain: 'Of every 100 people whose sex is recorded, how many are women.',
  ask: 'fairness',
  unit: 'percent',
  direction: 'none',
  formula: () => ({
    kind: 'share',
    numerator: { headcount: 1 },
    denominator: { headcount: 1 },
    of: ['sex'],
    categories: ['female'],
    known: true,
  }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: [
    'People whose category is not recorded are left out of the base; read it beside the share that is not recorded.',
    'Sex as recorded in the staff record.',
  ],
  source:
    'NHS Workforce Statistics methodology (NHS England): https://digital.nhs.uk/data-and-information/publications/statistical/nhs-workforce-statistics: sex as recorded in the staff record',
};
