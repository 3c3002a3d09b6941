import { changes } from '../statistics/change.ts';
import {
  scorecard,
  type Scorecard as ScorecardShape,
  type ScorecardAsk as AskShape,
  type ScorecardGiven,
} from '../statistics/scorecard.ts';
import type { ScorecardRow as RowShape } from '../statistics/scorecard-row.ts';
import { Answer } from './answer.ts';
import { builder } from './builder.ts';
import { textEnum } from './enums.ts';
import { envelopeFields, releaseArg, resultOf } from './envelope.ts';
import { Definition, Measure } from './measure.ts';
import { Period } from './place.ts';
import { WhereInput } from './where.ts';

export const Change = textEnum('ChangeVerdict', 'How figures changed in a year, given which way is good.', changes);

const TrendPoint = builder.objectRef<RowShape['trend'][number]>('TrendPoint').implement({
  description: 'A figure of one year.',
  fields: (t) => ({
    period: t.field({ type: Period, resolve: ({ period }) => period }),
    figure: t.field({ type: Measure, resolve: ({ figure }) => figure }),
  }),
});

const ScorecardRow = builder.objectRef<RowShape>('ScorecardRow').implement({
  description: 'One measure of an ask.',
  fields: (t) => ({
    measure: t.field({ type: Definition, resolve: ({ measure }) => measure }),
    figure: t.field({
      type: Measure,
      description: 'Of the latest year; its comparison is with a year before.',
      resolve: ({ figure }) => figure,
    }),
    change: t.field({ type: Change, resolve: ({ change }) => change }),
    trend: t.field({ type: [TrendPoint], description: 'The years, oldest first.', resolve: ({ trend }) => trend }),
    statement: t.exposeString('statement'),
  }),
});

const ScorecardAsk = builder.objectRef<AskShape>('ScorecardAsk').implement({
  description: 'What the 2025 joint statement asks for, and where it stands.',
  fields: (t) => ({
    id: t.exposeID('id'),
    label: t.exposeString('label'),
    change: t.field({
      type: Change,
      description: 'Of its measures together: a direction only when none points the other way.',
      resolve: ({ change }) => change,
    }),
    rows: t.field({ type: [ScorecardRow], resolve: ({ rows }) => rows }),
    covered: t.exposeInt('covered', { description: 'Measures that can be shown here.' }),
    statement: t.exposeString('statement'),
  }),
});

const Scorecard = builder.objectRef<ScorecardShape>('Scorecard').implement({
  description: 'Every ask with its measures for one place.',
  interfaces: [Answer],
  fields: (t) => ({
    ...envelopeFields(t),
    period: t.field({ type: Period, resolve: ({ period }) => period }),
    asks: t.field({ type: [ScorecardAsk], resolve: ({ asks }) => asks }),
    covered: t.exposeInt('covered', { description: 'Measures that can be shown here.' }),
    measures: t.exposeInt('measures', { description: 'Measures that have a place in a scorecard.' }),
  }),
});

const ScorecardResult = resultOf('ScorecardResult', Scorecard);

builder.queryField('scorecard', (t) =>
  t.field({
    type: ScorecardResult,
    description: 'Where a nation, region, system or organisation stands on each ask of the 2025 joint statement.',
    args: {
      where: t.arg({ type: WhereInput }),
      years: t.arg.int({ defaultValue: 5, description: 'Years of the trend.' }),
      release: t.arg.string({ description: releaseArg }),
    },
    resolve: (_, args, context, info) => scorecard(args as unknown as ScorecardGiven, context, info) as never,
  }),
);
