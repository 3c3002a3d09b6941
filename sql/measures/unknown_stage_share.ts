import { everyGrain, everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'unknown_stage_share',
  subject: 'staff',
  title: 'Stage not known',
  plain: 'Of every 100 people, how many have no framework stage, neither recorded nor derived.',
  ask: 'trust',
  unit: 'percent',
  direction: 'down',
  formula: () => ({
    kind: 'share',
    numerator: { headcount: 1 },
    denominator: { headcount: 1 },
    of: ['stage'],
    categories: ['unknown'],
  }),
  comparable: everyNation,
  grains: everyGrain,
  caveats: ['Where no stage is recorded it is derived from band and occupation code.'],
  source: 'AHP Support Worker Competency, Education and Career Development Framework (Health Education England, 2021)',
};
