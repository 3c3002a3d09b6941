import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'disabled_share',
  subject: 'equity',
  title: 'Share of disabled people',
  plain: 'Of every 100 people whose answer is known, how many say that they are disabled.',
  ask: 'fairness',
  unit: 'percent',
  direction: 'none',
  formula: () => ({
    kind: 'share',
    numerator: { headcount: 1 },
    denominator: { headcount: 1 },
    of: ['disability'],
    categories: ['disabled'],
    known: true,
  }),
  disclosure: 'disability_disclosure_rate',
  comparable: everyNation,
  grains: everyGrain,
  caveats: [
    'People whose category is not recorded are left out of the base; read it beside the share that is not recorded.',
    'Staff records show far fewer disabled people than anonymous surveys do.',
  ],
  source: 'NHS Workforce Disability Equality Standard, metric 1 (share by band), England',
};
