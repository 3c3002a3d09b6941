import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'apprenticeships_in_learning',
  subject: 'apprenticeships',
  title: 'Apprentices in learning',
  plain: 'How many people were learning on an apprenticeship at the end of the year.',
  ask: 'apprenticeships',
  unit: 'people',
  direction: 'up',
  formula: () => ({ kind: 'count', numerator: { apprenticeship_in_learning: 1 } }),
  comparable: everyNation,
  grains: ['year'],
  caveats: [
    'England, Scotland, Wales and Northern Ireland run apprenticeships of their own; read numbers of one nation over time first.',
  ],
  source:
    'Apprenticeships (Department for Education): https://explore-education-statistics.service.gov.uk/find-statistics/apprenticeships',
};
