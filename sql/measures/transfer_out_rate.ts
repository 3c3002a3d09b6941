import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'transfer_out_rate',
  subject: 'turnover',
  title: 'Transfer-out rate',
  plain: 'For every 100 support workers, how many went to AHP support in another organisation.',
  ask: 'retain',
  unit: 'percent',
  direction: 'none',
  formula: () => ({
    kind: 'rate',
    numerator: { transferred_out: 1 },
    denominator: { headcount_start: 0.5, headcount: 0.5 },
    per: 1,
  }),
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: ['Part of the leaver rate by organisation: they are lost to the employer and not to the workforce.'],
  source:
    'Flow classes of the Department of Health and Social Care (Workforce-Package, Joiner Leaver Functions): leavers to another NHS provider',
};
