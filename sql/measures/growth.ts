import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'growth',
  subject: 'staff',
  title: 'Growth',
  plain: 'How much larger the workforce is than at the start of the period, as a percentage of what it was then.',
  ask: 'numbers',
  unit: 'percent',
  direction: 'up',
  parameters: { basis: ['HEADCOUNT', 'FTE'] },
  formula: ({ basis }) =>
    basis === 'FTE'
      ? { kind: 'change', numerator: { fte: 1 }, denominator: { fte_start: 1 } }
      : { kind: 'change', numerator: { headcount: 1 }, denominator: { headcount_start: 1 } },
  comparable: everyNation,
  grains: everyGrain,
  caveats: [
    'People recoded into or out of AHP support change it as much as people who join or leave: read it beside net reclassification.',
    'By FTE, Scotland’s shorter week from April 2024 adds growth without more people.',
  ],
  source:
    'NHS Workforce Statistics methodology (NHS England): https://digital.nhs.uk/data-and-information/publications/statistical/nhs-workforce-statistics: change between two snapshots',
};
