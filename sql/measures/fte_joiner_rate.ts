import { everyGrain, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'fte_joiner_rate',
  subject: 'turnover',
  title: 'Joiner rate by FTE',
  plain: 'For every 100 full-time posts, how much working time came with the people who joined.',
  ask: 'retain',
  unit: 'percent',
  direction: 'none',
  formula: () => ({
    kind: 'ratio',
    numerator: { joiners_organisation_fte: 1 },
    denominator: { fte_start: 0.5, fte: 0.5 },
  }),
  comparable: ['england', 'wales', 'northern_ireland'],
  grains: everyGrain,
  caveats: [
    'A year compares two snapshots twelve months apart and is not the sum of twelve months.',
    'A full-time equivalent is a share of the nation’s own full-time week, and Scotland’s is shorter than England’s: headcounts compare better.',
  ],
  source:
    'NHS England turnover benchmarking: https://digital.nhs.uk/data-and-information/publications/statistical/nhs-workforce-statistics: FTE of joiners ÷ mean of start and end FTE',
};
