import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'returners',
  subject: 'turnover',
  title: 'Returners',
  plain: 'How many people came back from maternity leave or a career break.',
  ask: 'retain',
  unit: 'people',
  direction: 'up',
  formula: () => ({ kind: 'count', numerator: { reactivated: 1 } }),
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: ['They are not joiners: they had been employed all the time.'],
  source:
    'Flow classes of the Department of Health and Social Care (Workforce-Package, Joiner Leaver Functions): non-active to active',
};
