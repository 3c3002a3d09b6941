import type { Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'framework_mapped_share',
  subject: 'training',
  title: 'Mapped to the framework',
  plain: 'Of every 100 people, how many have a stage of the career framework recorded.',
  ask: 'training',
  unit: 'percent',
  direction: 'up',
  formula: () => ({ kind: 'proportion', numerator: { framework_mapped: 1 }, denominator: { headcount: 1 } }),
  comparable: ['england', 'wales', 'northern_ireland'],
  grains: ['quarter', 'year'],
  caveats: [
    'Recorded by the employer; stages that are derived from band and occupation code do not count.',
    'Scotland describes its support roles by the NES framework (levels 2 to 4), which does not match these stages one to one.',
  ],
  source: 'AHP Support Worker Competency, Education and Career Development Framework (Health Education England, 2021)',
};
