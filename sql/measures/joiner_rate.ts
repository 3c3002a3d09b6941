import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

const byScope = {
  ORGANISATION: 'joiners_organisation',
  SUPPORT_WORKFORCE: 'joiners_support',
  NHS: 'joiners_nhs',
} as const;

export const measure: Measure = {
  id: 'joiner_rate',
  subject: 'turnover',
  title: 'Joiner rate',
  plain: 'For every 100 support workers, how many joined during the period.',
  ask: 'retain',
  unit: 'percent',
  direction: 'none',
  parameters: { scope: ['ORGANISATION', 'SUPPORT_WORKFORCE', 'NHS'] },
  formula: ({ scope }) => ({
    kind: 'rate',
    numerator: { [byScope[scope]]: 1 },
    denominator: { headcount_start: 0.5, headcount: 0.5 },
    per: 1,
  }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: [
    'Coming back from maternity leave or a career break is not joining.',
    'A year compares two snapshots twelve months apart and is not the sum of twelve months.',
  ],
  source:
    'Same denominator as the leaver rate (NHS England turnover benchmarking: https://digital.nhs.uk/data-and-information/publications/statistical/nhs-workforce-statistics)',
};
