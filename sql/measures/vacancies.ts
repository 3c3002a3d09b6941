import type { Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'vacancies',
  subject: 'staff',
  title: 'Vacancies (FTE)',
  plain: 'How many funded full-time posts have nobody in them.',
  ask: 'numbers',
  unit: 'fte',
  direction: 'down',
  formula: () => ({ kind: 'count', numerator: { vacant_fte: 1 }, signed: true }),
  scale: 1 / 1000,
  comparable: ['england', 'wales'],
  grains: ['quarter', 'year'],
  caveats: [
    'As the organisation counts its own vacancies; below zero means more staff than funded posts.',
    'Scotland and Northern Ireland count vacancies by rules of their own: they are neither compared with England and Wales nor added to them.',
  ],
  source: 'NHS vacancies statistics (Welsh Government): funded FTE − FTE in post',
};
