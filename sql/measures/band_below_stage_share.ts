import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'band_below_stage_share',
  subject: 'training',
  title: 'Band below the usual one of the stage',
  plain:
    'Of every 100 people mapped to the framework, how many are paid at a lower band than is usual for their stage.',
  ask: 'training',
  unit: 'percent',
  direction: 'down',
  formula: () => ({ kind: 'proportion', numerator: { band_below_stage: 1 }, denominator: { framework_mapped: 1 } }),
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: [
    'Usual: band 2 for support workers, 3 for senior support workers, 4 for assistant practitioners. The framework is no banding guide: it is a question to ask, not a fault.',
  ],
  source:
    'AHP Support Worker Competency, Education and Career Development Framework (Health Education England, 2021); working to full scope: duties of a stage against the band',
};
