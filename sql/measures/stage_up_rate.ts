import type { Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'stage_up_rate',
  subject: 'progression',
  title: 'Stage-up rate',
  plain: 'Of every 100 people in post at the start, how many were at a higher stage of the framework at the end.',
  ask: 'career',
  unit: 'percent',
  direction: 'up',
  formula: () => ({ kind: 'proportion', numerator: { stage_up: 1 }, denominator: { headcount_start: 1 } }),
  outcome: { worse: 'lower' },
  comparable: ['england', 'wales', 'northern_ireland'],
  grains: ['quarter', 'year'],
  caveats: [
    'Where no stage is recorded it is derived from band and occupation code.',
    'Scotland describes its support roles by the NES framework (levels 2 to 4), which does not match these stages one to one.',
  ],
  source: 'AHP Support Worker Competency, Education and Career Development Framework (Health Education England, 2021)',
};
