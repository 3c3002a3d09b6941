import type { Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'fte_per_100k_population',
  subject: 'staff',
  title: 'FTE per 100,000 population',
  plain: 'How much AHP support there is for every 100,000 people who live in the nation.',
  ask: 'numbers',
  unit: 'per_100k',
  direction: 'up',
  formula: () => ({ kind: 'ratio', numerator: { fte: 1 }, denominator: { population: 1 } }),
  scale: 100,
  comparable: ['england', 'wales', 'northern_ireland'],
  grains: ['quarter', 'year'],
  caveats: [
    'A full-time equivalent is a share of the nation’s own full-time week, and Scotland’s is shorter than England’s: headcounts compare better.',
    'Population is the latest mid-year estimate on or before the period; needs differ with age and illness, which this does not adjust for.',
    'NHS and HSC posts only: people who work for councils, charities or companies are not counted.',
  ],
  source:
    'Mid-year population estimates (Office for National Statistics): https://www.ons.gov.uk/peoplepopulationandcommunity/populationandmigration/populationestimates',
};
