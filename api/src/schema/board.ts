import { board, type Board as BoardShape, type BoardGiven } from '../statistics/board.ts';
import type { BoardFigure as FigureShape } from '../statistics/board-overview.ts';
import type { BoardReason as ReasonShape, FairnessStrip as StripShape } from '../statistics/board-sections.ts';
import { Answer } from './answer.ts';
import { builder } from './builder.ts';
import { enumCase } from './enums.ts';
import { envelopeFields, releaseArg, resultOf } from './envelope.ts';
import { FairnessRow } from './fairness.ts';
import { FunnelPoint } from './funnel.ts';
import { Comparison, Definition, Measure } from './measure.ts';
import { Category, Period } from './place.ts';
import { Change } from './scorecard.ts';
import { Signal } from './signals.ts';
import { SpcChart } from './spc.ts';
import { SurvivalCurve } from './survival.ts';
import { OrganisationView } from './where.ts';

const BoardFigure = builder.objectRef<FigureShape>('BoardFigure').implement({
  description: 'A headline figure of the latest year with what it is compared with.',
  fields: (t) => ({
    measure: t.field({ type: Definition, resolve: ({ measure }) => measure }),
    figure: t.field({
      type: Measure,
      description: 'Its comparison is with a year before.',
      resolve: ({ figure }) => figure,
    }),
    versusNation: t.field({ type: Comparison, nullable: true, resolve: ({ versusNation }) => versusNation }),
    versusPeers: t.field({ type: Comparison, nullable: true, resolve: ({ versusPeers }) => versusPeers }),
    peers: t.exposeString('peers', { description: 'Who the peers are, in words.' }),
    change: t.field({ type: Change, resolve: ({ change }) => change }),
    statement: t.exposeString('statement'),
  }),
});

const BoardReason = builder.objectRef<ReasonShape>('BoardReason').implement({
  description: 'A reason for leaving.',
  fields: (t) => ({
    reason: t.field({ type: Category, resolve: ({ reason }) => reason }),
    people: t.field({ type: Measure, resolve: ({ people }) => people }),
    share: t.field({ type: Measure, resolve: ({ share }) => share }),
  }),
});

const FairnessStrip = builder.objectRef<StripShape>('FairnessStrip').implement({
  description: 'One group of people against its reference, by one outcome.',
  fields: (t) => ({
    characteristic: t.string({ resolve: ({ characteristic }) => enumCase(characteristic) }),
    label: t.exposeString('label'),
    outcome: t.field({ type: Definition, resolve: ({ outcome }) => outcome }),
    row: t.field({ type: FairnessRow, resolve: ({ row }) => row }),
  }),
});

const Board = builder.objectRef<BoardShape>('Board').implement({
  description: 'What the board of an organisation looks at.',
  interfaces: [Answer],
  fields: (t) => ({
    ...envelopeFields(t),
    period: t.field({ type: Period, resolve: ({ period }) => period }),
    overview: t.field({ type: [BoardFigure], resolve: ({ overview }) => overview }),
    leaverSpc: t.field({ type: SpcChart, nullable: true, resolve: ({ leaverSpc }) => leaverSpc }),
    leaverFunnel: t.field({
      type: FunnelPoint,
      nullable: true,
      description:
        'Its place among the organisations of its nation; null where it cannot be shown or they are fewer than ten.',
      resolve: ({ leaverFunnel }) => leaverFunnel,
    }),
    survival: t.field({ type: SurvivalCurve, nullable: true, resolve: ({ survival }) => survival }),
    nationSurvival: t.field({ type: SurvivalCurve, nullable: true, resolve: ({ nationSurvival }) => nationSurvival }),
    reasons: t.field({
      type: [BoardReason],
      description: 'Reasons for leaving, most frequent first.',
      resolve: ({ reasons }) => reasons,
    }),
    fairness: t.field({ type: [FairnessStrip], resolve: ({ fairness }) => fairness }),
    signals: t.field({ type: [Signal], resolve: ({ signals }) => signals }),
    questions: t.exposeStringList('questions', { description: 'Questions that the figures suggest.' }),
  }),
});

const BoardResult = resultOf('BoardResult', Board);

builder.queryField('board', (t) =>
  t.field({
    type: BoardResult,
    description: 'The board page of one organisation in one answer.',
    args: {
      organisation: t.arg.id({ required: true, description: 'Its code, as in organisations.' }),
      organisationView: t.arg({
        type: OrganisationView,
        description:
          'AS_OF_TODAY when left out, so that a merger is followed through; AS_AT_THE_TIME for one’s own figures.',
      }),
      release: t.arg.string({ description: releaseArg }),
    },
    resolve: (_, args, context, info) => board(args as unknown as BoardGiven, context, info) as never,
  }),
);
