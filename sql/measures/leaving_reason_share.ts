import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'leaving_reason_share',
  subject: 'turnover',
  title: 'Share by leaving reason',
  plain: 'Of every 100 people who left, how many left for each reason.',
  ask: 'retain',
  unit: 'percent',
  direction: 'none',
  formula: () => ({
    kind: 'share',
    numerator: { leavers_by_reason: 1 },
    denominator: { leavers_organisation: 1 },
    of: ['leaving_reason'],
  }),
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: ['Of all leavers, with “not recorded” as one of the parts: a rise of it lowers the others.'],
  source: 'Leaving reason and destination on leaving (NHS wMDS, Electronic Staff Record code lists)',
};
