import { everyNation, type Measure } from '@ahp/sql/measure';

const define = (given: Pick<Measure, 'id' | 'title' | 'plain' | 'unit' | 'direction' | 'formula'>): Measure => ({
  subject: 'staff',
  ask: 'planning',
  comparable: everyNation,
  grains: ['year'],
  caveats: ['A forecast is what would happen if people went on to move as they did; it is not a target.'],
  source: 'Markov stock-flow model: Bartholomew, Forbes and McClean 1991, Statistical Techniques for Manpower Planning',
  ...given,
});

/** What a projection is made of. */
export const projected = {
  stock: define({
    id: 'projected_headcount',
    title: 'People in post',
    plain: 'Support workers in post at the end of the year.',
    unit: 'people',
    direction: 'up',
    formula: () => ({ kind: 'count', numerator: { headcount: 1 } }),
  }),
  entrants: define({
    id: 'projected_entrants',
    title: 'Came in',
    plain: 'People who joined during the year, came back from leave, or came from other work or coding.',
    unit: 'people',
    direction: 'none',
    formula: () => ({ kind: 'count', numerator: { joiners_support: 1 } }),
  }),
  leavers: define({
    id: 'projected_leavers',
    title: 'Left or went on leave',
    plain: 'People in post at the start who had left AHP support, or were on long leave, at the end.',
    unit: 'people',
    direction: 'down',
    formula: () => ({ kind: 'count', numerator: { transitions: 1 } }),
  }),
  registered: define({
    id: 'projected_registered',
    title: 'Became registered',
    plain: 'Support workers who became registered professionals during the year.',
    unit: 'people',
    direction: 'up',
    formula: () => ({ kind: 'count', numerator: { transitions: 1 } }),
  }),
  error: define({
    id: 'back_test_error',
    title: 'Error of the prediction',
    plain: 'Predicted ÷ found − 1.',
    unit: 'percent',
    direction: 'none',
    formula: () => ({ kind: 'change', numerator: { headcount: 1 }, denominator: { headcount: 1 } }),
  }),
} as const;
