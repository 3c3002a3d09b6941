import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'plan_coverage',
  subject: 'staff',
  title: 'Covered by a workforce plan',
  plain: 'Of every 100 support workers, how many work where the workforce plan includes their roles.',
  ask: 'planning',
  unit: 'percent',
  direction: 'up',
  formula: () => ({ kind: 'proportion', numerator: { headcount_planned_for: 1 }, denominator: { headcount: 1 } }),
  comparable: everyNation,
  grains: ['year'],
  caveats: ['Organisations and professions that returned a planned number of FTE for the year.'],
  source:
    '2025 joint statement of the AHP professional bodies and unions on the support workforce: workforce plans that include the support workforce',
};
