import type { Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'apprenticeship_enrolments',
  subject: 'apprenticeships',
  title: 'Apprenticeship enrolments',
  plain: 'How many apprenticeships were under way at some time in the academic year.',
  ask: 'apprenticeships',
  unit: 'people',
  direction: 'up',
  formula: () => ({ kind: 'count', numerator: { enrolments: 1 } }),
  comparable: ['england'],
  grains: ['year'],
  caveats: [
    'All employers, not the NHS alone, by standard.',
    'England only: Scotland, Wales and Northern Ireland run programmes of their own.',
  ],
  source:
    'Apprenticeships (Department for Education): https://explore-education-statistics.service.gov.uk/find-statistics/apprenticeships',
};
