import { everyGrain, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'fte_leaver_rate',
  subject: 'turnover',
  title: 'Leaver rate by FTE',
  plain: 'For every 100 full-time posts, how much working time left with the people who left.',
  ask: 'retain',
  unit: 'percent',
  direction: 'down',
  formula: (_, source) => ({
    kind: 'ratio',
    numerator: { leavers_organisation_fte: 1, ...(source === 'published' ? {} : { went_inactive_fte: 1 }) },
    denominator: { fte_start: 0.5, fte: 0.5 },
  }),
  comparable: ['england', 'wales', 'northern_ireland'],
  grains: everyGrain,
  caveats: [
    'A year compares two snapshots twelve months apart and is not the sum of twelve months.',
    'A full-time equivalent is a share of the nation’s own full-time week, and Scotland’s is shorter than England’s: headcounts compare better.',
  ],
  source:
    'NHS England turnover benchmarking: https://digital.nhs.uk/data-and-information/publications/statistical/nhs-workforce-statistics: FTE of leavers ÷ mean of start and end FTE',
};
