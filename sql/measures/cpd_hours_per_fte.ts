import type { Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'cpd_hours_per_fte',
  subject: 'training',
  title: 'CPD hours per FTE',
  plain: 'How many hours of continuing professional development there were for each full-time post.',
  ask: 'training',
  unit: 'hours',
  direction: 'up',
  formula: () => ({ kind: 'ratio', numerator: { cpd_hours: 1 }, denominator: { cpd_hours_known_fte: 1 } }),
  scale: 100,
  comparable: ['england', 'wales', 'northern_ireland'],
  grains: ['year'],
  caveats: [
    'Of people in post at both ends of the twelve months, so that everybody had a year in which it could happen.',
    'Of people whose courses all have their hours, at employers that record hours: a course without its hours is not one of 0 hours.',
    'One person’s hours stop at 200 in the year.',
    'A full-time equivalent is a share of the nation’s own full-time week, and Scotland’s is shorter than England’s: headcounts compare better.',
  ],
  source:
    '2025 joint statement of the AHP professional bodies and unions on the support workforce: regular CPD for all support workers',
};
