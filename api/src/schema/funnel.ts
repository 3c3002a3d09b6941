import {
  funnel,
  type FunnelGiven,
  type FunnelPlot as PlotShape,
  type FunnelPoint as PointShape,
} from '../statistics/funnel.ts';
import { funnelPositions, type FunnelLimits as LimitsShape } from '../statistics/funnel-limits.ts';
import { Answer } from './answer.ts';
import { builder } from './builder.ts';
import { textEnum } from './enums.ts';
import { envelopeFields, releaseArg, resultOf, SignificanceTest } from './envelope.ts';
import { Definition, Measure, MeasureName, parameterEnums } from './measure.ts';
import { AreaRef, Period } from './place.ts';
import { Variation } from './spc.ts';
import { organisationViewArg, PeriodInput, WhereInput } from './where.ts';

export const FunnelPosition = textEnum(
  'FunnelPosition',
  'Where an organisation lies against the limits.',
  funnelPositions,
);

export const FunnelPoint = builder.objectRef<PointShape>('FunnelPoint').implement({
  description: 'One organisation in a funnel.',
  fields: (t) => ({
    area: t.field({ type: AreaRef, resolve: ({ area }) => area }),
    figure: t.field({ type: Measure, resolve: ({ figure }) => figure }),
    base: t.exposeInt('base', { description: 'Its denominator: where it lies from left to right.' }),
    position: t.field({
      type: FunnelPosition,
      description: 'Against the limits that allow for usual spread.',
      resolve: ({ position }) => position,
    }),
    plainPosition: t.field({
      type: FunnelPosition,
      description: 'Against the limits of chance alone.',
      resolve: ({ plainPosition }) => plainPosition,
    }),
    adjustedP: t.exposeFloat('adjustedP', {
      nullable: true,
      description:
        'p-value adjusted for the number of organisations (Benjamini–Hochberg). Null with fewer than 10 organisations.',
    }),
    flagged: t.exposeBoolean('flagged', { description: 'True when the adjusted p-value is at most 0.05.' }),
    variation: t.field({ type: Variation, resolve: ({ variation }) => variation }),
    statement: t.exposeString('statement'),
  }),
});

const FunnelLimits = builder.objectRef<LimitsShape>('FunnelLimits').implement({
  description: 'The curves of a funnel at one size of organisation, in the unit of the measure.',
  fields: (t) => ({
    base: t.exposeFloat('base'),
    lower95: t.exposeFloat('lower95'),
    upper95: t.exposeFloat('upper95'),
    lower998: t.exposeFloat('lower998'),
    upper998: t.exposeFloat('upper998'),
    overdispersedLower95: t.exposeFloat('overdispersedLower95'),
    overdispersedUpper95: t.exposeFloat('overdispersedUpper95'),
    overdispersedLower998: t.exposeFloat('overdispersedLower998'),
    overdispersedUpper998: t.exposeFloat('overdispersedUpper998'),
  }),
});

const FunnelPlot = builder.objectRef<PlotShape>('FunnelPlot').implement({
  description: 'Organisations around what they have in common.',
  interfaces: [Answer],
  fields: (t) => ({
    ...envelopeFields(t),
    period: t.field({ type: Period, resolve: ({ period }) => period }),
    measure: t.field({ type: Definition, resolve: ({ measure }) => measure }),
    points: t.field({
      type: [FunnelPoint],
      description: 'Smallest organisation first.',
      resolve: ({ points }) => points,
    }),
    curve: t.field({ type: [FunnelLimits], resolve: ({ curve }) => curve }),
    pooled: t.field({
      type: Measure,
      description: 'The organisations shown, together.',
      resolve: ({ pooled }) => pooled,
    }),
    organisations: t.exposeInt('organisations', { description: 'Organisations shown.' }),
    enough: t.exposeBoolean('enough', { description: 'At least ten organisations.' }),
    dispersion: t.field({ type: SignificanceTest, resolve: ({ dispersion }) => dispersion }),
    flagged: t.exposeInt('flagged', { description: 'Organisations that stand out.' }),
  }),
});

const FunnelResult = resultOf('FunnelResult', FunnelPlot);

builder.queryField('funnel', (t) =>
  t.field({
    type: FunnelResult,
    description:
      'The funnel plot of one measure: which organisations differ from the others, size and chance considered.',
    args: {
      measure: t.arg({ type: MeasureName, defaultValue: 'leaver_rate' }),
      method: t.arg({
        type: parameterEnums.method,
        description: 'Of the leaver rate; NHSE_AVERAGE when left out, as everywhere.',
      }),
      where: t.arg({ type: WhereInput }),
      period: t.arg({ type: PeriodInput, description: 'One year, or one quarter; the latest year when left out.' }),
      organisationView: t.arg(organisationViewArg),
      release: t.arg.string({ description: releaseArg }),
    },
    resolve: (_, args, context, info) => funnel(args as unknown as FunnelGiven, context, info) as never,
  }),
);
