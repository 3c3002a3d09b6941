import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'apprenticeship_withdrawals',
  subject: 'apprenticeships',
  title: 'Apprenticeship withdrawals',
  plain: 'How many apprenticeships were given up in the year.',
  ask: 'apprenticeships',
  unit: 'people',
  direction: 'down',
  formula: () => ({ kind: 'count', numerator: { apprenticeship_withdrawals: 1 } }),
  comparable: everyNation,
  grains: ['year'],
  caveats: [
    'England, Scotland, Wales and Northern Ireland run apprenticeships of their own; read numbers of one nation over time first.',
  ],
  source:
    'Apprenticeships (Department for Education): https://explore-education-statistics.service.gov.uk/find-statistics/apprenticeships',
};
