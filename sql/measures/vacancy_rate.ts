import type { Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'vacancy_rate',
  subject: 'staff',
  title: 'Vacancy rate',
  plain: 'Of every 100 funded full-time posts, how many have nobody in them.',
  ask: 'numbers',
  unit: 'percent',
  direction: 'down',
  formula: () => ({ kind: 'ratio', numerator: { vacant_fte: 1 }, denominator: { funded_fte: 1 } }),
  comparable: ['england', 'wales'],
  grains: ['quarter', 'year'],
  caveats: [
    'As the organisation counts its own vacancies; temporary staff may be filling them.',
    'Below zero means more staff than funded posts.',
    'Scotland and Northern Ireland count vacancies by rules of their own: they are neither compared with England and Wales nor added to them.',
  ],
  source:
    'NHS vacancies statistics (Welsh Government): vacant FTE ÷ funded FTE; Scotland: vacant WTE ÷ establishment (NES Turas, 2024)',
};
