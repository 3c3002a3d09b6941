import { everyNation, type Measure } from '../src/measure.ts';

export const measure: Measure = {
  id: 'band_above_stage_share',
  subject: 'training',
  title: 'Band above the usual one of the stage',
  plain:
    'Of every 100 people mapped to the framework, how many are paid at a higher band than is usual for their stage.',
  ask: 'training',
  unit: 'percent',
  direction: 'none',
  formula: () => ({ kind: 'proportion', numerator: { band_above_stage: 1 }, denominator: { framework_mapped: 1 } }),
  comparable: everyNation,
  grains: ['quarter', 'year'],
  caveats: [
    'Usual: band 2 for support workers, 3 for senior support workers, 4 for assistant practitioners. The framework is no banding guide.',
  ],
  source:
    'AHP Support Worker Competency, Education and Career Development Framework (Health Education England, 2021); working to full scope: duties of a stage against the band',
};
