import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

const byScope = {
  ORGANISATION: 'leavers_organisation',
  SUPPORT_WORKFORCE: 'leavers_support',
  NHS: 'leavers_nhs',
} as const;

export const measure: Measure = {
  id: 'stability_index',
  subject: 'turnover',
  title: 'Stability index',
  plain: 'Of every 100 people in post at the start of the period, how many were still there at its end.',
  ask: 'retain',
  unit: 'percent',
  direction: 'up',
  parameters: { scope: ['ORGANISATION', 'SUPPORT_WORKFORCE', 'NHS'] },
  formula: ({ scope }) => ({
    kind: 'proportion',
    numerator: { headcount_start: 1, [byScope[scope]]: -1 },
    denominator: { headcount_start: 1 },
  }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: [
    'Leaver rate and stability index do not add up to 100 %: their denominators differ.',
    'People who went on maternity leave or a career break are still there.',
  ],
  source:
    'Ministerial written answer on retention of doctors and nurses, 31 January 2022: 1 − leavers from the start cohort ÷ start headcount',
};
