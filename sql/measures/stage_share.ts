import { everyGrain, type Measure, type Sum } from '../src/measure.ts';

export const measure: Measure = {
  id: 'stage_share',
  subject: 'staff',
  title: 'Share by framework stage',
  plain: 'Of 100 people, how many are at each stage of the career framework.',
  ask: 'numbers',
  unit: 'percent',
  direction: 'none',
  parameters: { basis: ['HEADCOUNT', 'FTE'] },
  formula: ({ basis }) => {
    const counted: Sum = basis === 'FTE' ? { fte: 1 } : { headcount: 1 };
    return { kind: 'share', numerator: counted, denominator: counted, of: ['stage'] };
  },
  comparable: ['england', 'wales', 'northern_ireland'],
  grains: everyGrain,
  caveats: [
    'Shares come from cells that are protected one by one and may not add up to exactly 100 %.',
    'Where no stage is recorded it is derived from band and occupation code.',
    'Scotland describes its support roles by the NES framework (levels 2 to 4), which does not match these stages one to one.',
  ],
  source: 'AHP Support Worker Competency, Education and Career Development Framework (Health Education England, 2021)',
};
