import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'apprenticeship_achievements',
  subject: 'apprenticeships',
  title: 'Apprenticeship achievements',
  plain: 'How many apprenticeships were completed in the year.',
  ask: 'apprenticeships',
  unit: 'people',
  direction: 'up',
  formula: () => ({ kind: 'count', numerator: { apprenticeship_achievements: 1 } }),
  comparable: everyNation,
  grains: ['year'],
  caveats: [
    'England, Scotland, Wales and Northern Ireland run apprenticeships of their own; read numbers of one nation over time first.',
    'In official publications: all employers of England, academic years, rounded by the publisher.',
  ],
  source:
    'Apprenticeships (Department for Education): https://explore-education-statistics.service.gov.uk/find-statistics/apprenticeships',
};
