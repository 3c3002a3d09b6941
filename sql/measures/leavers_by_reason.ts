import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'leavers_by_reason',
  subject: 'turnover',
  title: 'Leavers by reason',
  plain: 'How many people left, by the reason they gave or where they went.',
  ask: 'retain',
  unit: 'people',
  direction: 'none',
  formula: () => ({ kind: 'count', numerator: { leavers_by_reason: 1 } }),
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: ['Reasons are as the employer recorded them; “not recorded” is shown as a reason of its own.'],
  source: 'Leaving reason and destination on leaving (NHS wMDS, Electronic Staff Record code lists)',
};
