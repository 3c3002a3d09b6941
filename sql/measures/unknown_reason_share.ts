import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'unknown_reason_share',
  subject: 'turnover',
  title: 'Leaving reason not recorded',
  plain: 'Of every 100 people who left, for how many nobody recorded why.',
  ask: 'trust',
  unit: 'percent',
  direction: 'down',
  formula: () => ({
    kind: 'share',
    numerator: { leavers_by_reason: 1 },
    denominator: { leavers_organisation: 1 },
    of: ['leaving_reason'],
    categories: ['unknown'],
  }),
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: ['Leavers who have no row in the retention extract count as not recorded.'],
  source: 'Leaving reason (NHS wMDS, Electronic Staff Record code lists)',
};
