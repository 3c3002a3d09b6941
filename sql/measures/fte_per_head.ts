import { everyGrain, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'fte_per_head',
  subject: 'staff',
  title: 'FTE per head',
  plain: 'How much of a full-time post each person holds on average: 1.00 would mean that everybody works full time.',
  ask: 'numbers',
  unit: 'ratio',
  direction: 'none',
  formula: () => ({ kind: 'ratio', numerator: { fte: 1 }, denominator: { headcount: 1 } }),
  scale: 1 / 1000,
  comparable: ['england', 'wales', 'northern_ireland'],
  grains: everyGrain,
  caveats: [
    'A fall may mean more part-time posts or fewer hours; it says nothing about who chose them.',
    'A full-time equivalent is a share of the nation’s own full-time week, and Scotland’s is shorter than England’s: headcounts compare better.',
  ],
  source:
    'NHS Workforce Statistics methodology (NHS England): https://digital.nhs.uk/data-and-information/publications/statistical/nhs-workforce-statistics: FTE and headcount of the same people',
};
