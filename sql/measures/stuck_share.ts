import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'stuck_share',
  subject: 'progression',
  title: 'Three years or more at one band',
  plain:
    'Of every 100 people whose band is known for three years or more, how many have not changed band in that time.',
  ask: 'career',
  unit: 'percent',
  direction: 'down',
  formula: () => ({
    kind: 'proportion',
    numerator: { at_band_over_3_years: 1 },
    denominator: { band_known_3_years: 1 },
  }),
  outcome: { worse: 'higher' },
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: [
    'Staying may be a choice; it is a question to ask, not a fault.',
    'Needs extracts of three years: people seen for less are in neither number.',
  ],
  source:
    '2025 joint statement of the AHP professional bodies and unions on the support workforce: robust career development opportunities; time at band from linked snapshots',
};
