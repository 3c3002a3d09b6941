import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'cpd_hours_per_head',
  subject: 'training',
  title: 'CPD hours per head',
  plain: 'How many hours of continuing professional development there were for each person.',
  ask: 'training',
  unit: 'hours',
  direction: 'up',
  formula: () => ({ kind: 'ratio', numerator: { cpd_hours: 1 }, denominator: { cpd_hours_known: 1 } }),
  scale: 1 / 10,
  comparable: everyNation,
  grains: ['year'],
  caveats: [
    'Of people in post at both ends of the twelve months, so that everybody had a year in which it could happen.',
    'Of people whose courses all have their hours, at employers that record hours: a course without its hours is not one of 0 hours.',
    'One person’s hours stop at 200 in the year.',
  ],
  source:
    '2025 joint statement of the AHP professional bodies and unions on the support workforce: regular CPD for all support workers',
};
