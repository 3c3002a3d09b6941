import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'destination_share',
  subject: 'turnover',
  title: 'Share by destination',
  plain: 'Of every 100 people who left, how many went to each kind of place.',
  ask: 'retain',
  unit: 'percent',
  direction: 'none',
  formula: () => ({
    kind: 'share',
    numerator: { leavers_by_reason: 1 },
    denominator: { leavers_organisation: 1 },
    of: ['destination'],
  }),
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: ['Of all leavers, with “not recorded” as one of the parts: a rise of it lowers the others.'],
  source: 'Leaving reason and destination on leaving (NHS wMDS, Electronic Staff Record code lists)',
};
