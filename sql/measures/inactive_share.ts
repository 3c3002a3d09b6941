import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'inactive_share',
  subject: 'staff',
  title: 'On maternity leave or career break',
  plain: 'Of every 100 people employed, how many are away on maternity leave or a career break.',
  ask: 'retain',
  unit: 'percent',
  direction: 'none',
  formula: () => ({
    kind: 'proportion',
    numerator: { inactive_headcount: 1 },
    denominator: { headcount: 1, inactive_headcount: 1 },
  }),
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: [
    'They are employed and not in the headcount; when they leave service or come back they move the leaver rate and not the joiner rate.',
  ],
  source:
    'Flow classes of the Department of Health and Social Care (Workforce-Package, Joiner Leaver Functions): active and non-active assignments',
};
