import type { Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'plan_progress',
  subject: 'staff',
  title: 'Plan reached',
  plain: 'How much of the planned full-time workforce at the end of the year is in post.',
  ask: 'planning',
  unit: 'percent',
  direction: 'up',
  formula: () => ({ kind: 'ratio', numerator: { planned_for_fte: 1 }, denominator: { planned_fte: 1 } }),
  comparable: ['england', 'wales', 'northern_ireland'],
  grains: ['year'],
  caveats: [
    'Only organisations and professions with a plan are counted, on both sides; above 100 % means more staff than planned.',
    'A full-time equivalent is a share of the nation’s own full-time week, and Scotland’s is shorter than England’s: headcounts compare better.',
  ],
  source:
    '2025 joint statement of the AHP professional bodies and unions on the support workforce: workforce plans that include the support workforce',
};
