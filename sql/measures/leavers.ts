import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

const byScope = {
  ORGANISATION: 'leavers_organisation',
  SUPPORT_WORKFORCE: 'leavers_support',
  NHS: 'leavers_nhs',
} as const;

export const measure: Measure = {
  id: 'leavers',
  subject: 'turnover',
  title: 'Leavers',
  plain: 'How many people left during the period.',
  ask: 'retain',
  unit: 'people',
  direction: 'down',
  parameters: { scope: ['ORGANISATION', 'SUPPORT_WORKFORCE', 'NHS'] },
  formula: ({ scope }) => ({ kind: 'count', numerator: { [byScope[scope]]: 1 } }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: ['Nobody who went on maternity leave or a career break is counted here.'],
  source:
    'NHS England turnover benchmarking: https://digital.nhs.uk/data-and-information/publications/statistical/nhs-workforce-statistics; scope as in the NHS Data Dictionary turnover elements',
};
