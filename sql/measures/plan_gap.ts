import type { Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'plan_gap',
  subject: 'staff',
  title: 'Plan gap (FTE)',
  plain: 'How many full-time posts of the plan are not in post at the end of the year.',
  ask: 'planning',
  unit: 'fte',
  direction: 'down',
  formula: () => ({ kind: 'count', numerator: { planned_fte: 1, planned_for_fte: -1 }, signed: true }),
  scale: 1 / 1000,
  comparable: ['england', 'wales', 'northern_ireland'],
  grains: ['year'],
  caveats: [
    'Only organisations and professions with a plan are counted, on both sides; below zero means more staff than planned.',
    'A full-time equivalent is a share of the nation’s own full-time week, and Scotland’s is shorter than England’s: headcounts compare better.',
  ],
  source:
    '2025 joint statement of the AHP professional bodies and unions on the support workforce: workforce plans that include the support workforce',
};
