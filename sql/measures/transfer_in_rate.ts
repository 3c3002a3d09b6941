import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'transfer_in_rate',
  subject: 'turnover',
  title: 'Transfer-in rate',
  plain: 'For every 100 support workers, how many came from AHP support in another organisation.',
  ask: 'retain',
  unit: 'percent',
  direction: 'none',
  formula: () => ({
    kind: 'rate',
    numerator: { transferred_in: 1 },
    denominator: { headcount_start: 0.5, headcount: 0.5 },
    per: 1,
  }),
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: ['Part of the joiner rate by organisation; an organisation outside the extracts counts as outside the NHS.'],
  source:
    'Flow classes of the Department of Health and Social Care (Workforce-Package, Joiner Leaver Functions): joiners from another NHS provider',
};
