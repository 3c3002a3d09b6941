import { limits } from '../query/limits.ts';
import { signals, type Signal as SignalShape, type Signals, type SignalsGiven } from '../statistics/signals.ts';
import { Answer } from './answer.ts';
import { builder } from './builder.ts';
import { textEnum } from './enums.ts';
import { envelopeFields, releaseArg, resultOf } from './envelope.ts';
import { FunnelPosition } from './funnel.ts';
import { Definition, Measure, MeasureName } from './measure.ts';
import { AreaRef, Period } from './place.ts';
import { SpcRule, Variation } from './spc.ts';
import { organisationViewArg, WhereInput } from './where.ts';

const SignalKind = textEnum('SignalKind', 'How something was found to stand out.', {
  SPC: 'Its own series changed.',
  FUNNEL: 'It differs from other organisations.',
});
const Severity = textEnum('Severity', 'How much a signal deserves attention.', {
  HIGH: 'A concern with strong evidence.',
  MEDIUM: 'A concern, or a change where neither way is better.',
  LOW: 'An improvement.',
});

export const Signal = builder.objectRef<SignalShape>('Signal').implement({
  description: 'Something that stands out, in words and figures.',
  fields: (t) => ({
    area: t.field({ type: AreaRef, resolve: ({ area }) => area }),
    measure: t.field({ type: Definition, resolve: ({ measure }) => measure }),
    kind: t.field({ type: SignalKind, resolve: ({ kind }) => kind }),
    rule: t.field({ type: SpcRule, nullable: true, resolve: ({ rule }) => rule }),
    position: t.field({ type: FunnelPosition, nullable: true, resolve: ({ position }) => position }),
    period: t.field({ type: Period, resolve: ({ period }) => period }),
    figure: t.field({ type: Measure, resolve: ({ figure }) => figure }),
    variation: t.field({ type: Variation, resolve: ({ variation }) => variation }),
    severity: t.field({ type: Severity, resolve: ({ severity }) => severity }),
    statement: t.exposeString('statement'),
  }),
});

const SignalsTable = builder.objectRef<Signals>('SignalsTable').implement({
  description: 'What stands out, most serious first.',
  interfaces: [Answer],
  fields: (t) => ({
    ...envelopeFields(t),
    signals: t.field({ type: [Signal], resolve: ({ signals }) => signals }),
    signalCount: t.exposeInt('signalCount'),
    screened: t.exposeInt('screened', { description: 'Charts and comparisons looked at.' }),
    organisations: t.exposeInt('organisations', { description: 'Organisations looked at.' }),
  }),
});

const SignalsResult = resultOf('SignalsResult', SignalsTable);

builder.queryField('signals', (t) =>
  t.field({
    type: SignalsResult,
    description:
      'What deserves attention: organisations and nations whose figures changed, and organisations apart from the others.',
    args: {
      where: t.arg({ type: WhereInput }),
      kinds: t.arg({ type: [SignalKind], description: 'Both when left out.' }),
      measures: t.arg({ type: [MeasureName], description: 'Leaving, joining and moving up when left out.' }),
      first: t.arg.int({ defaultValue: 50, description: `Signals, up to ${limits.first}.` }),
      organisationView: t.arg(organisationViewArg),
      release: t.arg.string({ description: releaseArg }),
    },
    resolve: (_, args, context, info) => signals(args as unknown as SignalsGiven, context, info) as never,
  }),
);
