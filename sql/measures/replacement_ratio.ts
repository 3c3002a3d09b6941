import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

const byScope = {
  ORGANISATION: 'organisation',
  SUPPORT_WORKFORCE: 'support',
  NHS: 'nhs',
} as const;

export const measure: Measure = {
  id: 'replacement_ratio',
  subject: 'turnover',
  title: 'Replacement ratio',
  plain: 'How many people joined for each one who left: above 1.00 the organisation gains staff this way.',
  ask: 'retain',
  unit: 'ratio',
  direction: 'up',
  parameters: { scope: ['ORGANISATION', 'SUPPORT_WORKFORCE', 'NHS'] },
  formula: ({ scope }) => ({
    kind: 'ratio',
    numerator: { [`joiners_${byScope[scope]}`]: 1 },
    denominator: { [`leavers_${byScope[scope]}`]: 1 },
  }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: ['With few leavers it swings widely: read it beside joiners and leavers.'],
  source:
    'NHS England turnover benchmarking: https://digital.nhs.uk/data-and-information/publications/statistical/nhs-workforce-statistics: joiners ÷ leavers of the same scope',
};
