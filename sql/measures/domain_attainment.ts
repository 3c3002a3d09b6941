import type { Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'domain_attainment',
  subject: 'training',
  title: 'Framework domain attainment',
  plain: 'Of every 100 people in post, how many have attained each domain of the framework.',
  ask: 'training',
  unit: 'percent',
  direction: 'up',
  formula: () => ({ kind: 'share', numerator: { domains_attained: 1 }, denominator: { headcount: 1 }, of: ['domain'] }),
  comparable: ['england', 'wales', 'northern_ireland'],
  grains: ['year'],
  caveats: [
    'Of everybody in post, also where the employer records no domains.',
    'Scotland describes its support roles by the NES framework (levels 2 to 4), which does not match these stages one to one.',
  ],
  source: 'AHP Support Worker Competency, Education and Career Development Framework (Health Education England, 2021)',
};
