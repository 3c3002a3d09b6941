import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

const byScope = {
  ORGANISATION: 'joiners_organisation',
  SUPPORT_WORKFORCE: 'joiners_support',
  NHS: 'joiners_nhs',
} as const;

export const measure: Measure = {
  id: 'joiners',
  subject: 'turnover',
  title: 'Joiners',
  plain: 'How many people joined during the period.',
  ask: 'retain',
  unit: 'people',
  direction: 'up',
  parameters: { scope: ['ORGANISATION', 'SUPPORT_WORKFORCE', 'NHS'] },
  formula: ({ scope }) => ({ kind: 'count', numerator: { [byScope[scope]]: 1 } }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: ['Coming back from maternity leave or a career break is not joining.'],
  source:
    'NHS England turnover benchmarking: https://digital.nhs.uk/data-and-information/publications/statistical/nhs-workforce-statistics; scope as in the NHS Data Dictionary turnover elements',
};
