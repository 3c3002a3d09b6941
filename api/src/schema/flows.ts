import { personDimensions } from '../../../sql/lattice/dimensions.ts';
import {
  flows,
  type FlowCell as CellShape,
  type FlowLink as LinkShape,
  type FlowRow as RowShape,
  type Flows,
  type FlowsGiven,
  type FlowYear as YearShape,
} from '../statistics/flows.ts';
import { Answer } from './answer.ts';
import { builder } from './builder.ts';
import { enumCase } from './enums.ts';
import { envelopeFields, releaseArg, resultOf } from './envelope.ts';
import { Measure } from './measure.ts';
import { Category, Period } from './place.ts';
import { PeriodInput, WhereInput } from './where.ts';

const PersonDimension = builder.enumType('PersonDimension', {
  description: 'Attributes of people and their posts.',
  values: Object.fromEntries(
    personDimensions.map(({ id, label }) => [enumCase(id), { value: id, description: `${label}.` }]),
  ) as Record<string, { value: string; description: string }>,
});

const FlowCell = builder.objectRef<CellShape>('FlowCell').implement({
  description: 'People who started the year in the category of the row and ended it in this state.',
  fields: (t) => ({
    to: t.field({ type: Category, resolve: ({ to }) => to }),
    people: t.field({ type: Measure, resolve: ({ people }) => people }),
    share: t.field({ type: Measure, description: 'Of those in the row at the start.', resolve: ({ share }) => share }),
  }),
});

const FlowRow = builder.objectRef<RowShape>('FlowRow').implement({
  description: 'Where the people of one category were a year later.',
  fields: (t) => ({
    from: t.field({ type: Category, resolve: ({ from }) => from }),
    start: t.field({ type: Measure, resolve: ({ start }) => start }),
    cells: t.field({ type: [FlowCell], resolve: ({ cells }) => cells }),
  }),
});

const FlowLink = builder.objectRef<LinkShape>('FlowLink').implement({
  description: 'A stream of a Sankey diagram.',
  fields: (t) => ({
    source: t.exposeID('source', { description: 'As “from:band_2”.' }),
    target: t.exposeID('target', { description: 'As “to:band_3”.' }),
    sourceLabel: t.exposeString('sourceLabel'),
    targetLabel: t.exposeString('targetLabel'),
    people: t.field({ type: Measure, resolve: ({ people }) => people }),
    share: t.field({ type: Measure, resolve: ({ share }) => share }),
  }),
});

const FlowBalance = builder.objectRef<YearShape['balance']>('FlowBalance').implement({
  description: 'Whether everybody in post at the start is found at the end.',
  fields: (t) => ({
    start: t.field({ type: Measure, resolve: ({ start }) => start }),
    accounted: t.field({ type: Measure, resolve: ({ accounted }) => accounted }),
    difference: t.field({ type: Measure, resolve: ({ difference }) => difference }),
    withinNoise: t.exposeBoolean('withinNoise', {
      description: 'True when the difference is within three standard deviations of the protection.',
    }),
    statement: t.exposeString('statement'),
  }),
});

const FlowYear = builder.objectRef<YearShape>('FlowYear').implement({
  description: 'The transition matrix of one year.',
  fields: (t) => ({
    period: t.field({ type: Period, resolve: ({ period }) => period }),
    states: t.field({ type: [Category], description: 'Columns of the matrix.', resolve: ({ states }) => states }),
    rows: t.field({ type: [FlowRow], resolve: ({ rows }) => rows }),
    links: t.field({ type: [FlowLink], resolve: ({ links }) => links }),
    balance: t.field({ type: FlowBalance, resolve: ({ balance }) => balance }),
  }),
});

const FlowsTable = builder.objectRef<Flows>('FlowsTable').implement({
  description: 'Transition matrices by year.',
  interfaces: [Answer],
  fields: (t) => ({ ...envelopeFields(t), years: t.field({ type: [FlowYear], resolve: ({ years }) => years }) }),
});

const FlowsResult = resultOf('FlowsResult', FlowsTable);

builder.queryField('flows', (t) =>
  t.field({
    type: FlowsResult,
    description: 'Where people were a year later: bands, apprenticeship, registration, leave, or gone.',
    args: {
      where: t.arg({ type: WhereInput }),
      from: t.arg({ type: PersonDimension, defaultValue: 'band', description: 'Rows of the matrix.' }),
      period: t.arg({ type: PeriodInput, description: 'Years; the latest one when left out.' }),
      release: t.arg.string({ description: releaseArg }),
    },
    resolve: (_, args, context, info) => flows(args as unknown as FlowsGiven, context, info) as never,
  }),
);
