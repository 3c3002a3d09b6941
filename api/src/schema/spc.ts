import {
  assurances,
  spc,
  type SpcChart as ChartShape,
  type SpcGiven,
  type SpcPoint as PointShape,
} from '../statistics/spc.ts';
import { spcRules, variations } from '../statistics/xmr.ts';
import { builder } from './builder.ts';
import { Grain, textEnum } from './enums.ts';
import { envelopeFields, releaseArg, resultOf } from './envelope.ts';
import { Definition, Measure, MeasureName, parameterEnums } from './measure.ts';
import { Period } from './place.ts';
import { organisationViewArg, PeriodInput, WhereInput } from './where.ts';

export const Variation = textEnum('Variation', 'What a chart says, as NHS “Making data count” puts it.', variations);
export const SpcRule = textEnum('SpcRule', 'The rule that marks a point; the first that applies.', spcRules);
const Assurance = textEnum('Assurance', 'Whether a process will meet its target.', assurances);

const SpcLimits = builder.objectRef<NonNullable<PointShape['limits']>>('SpcLimits').implement({
  description: 'The lines of an XmR chart at one point; they differ between phases.',
  fields: (t) => ({
    mean: t.exposeFloat('mean'),
    lower: t.exposeFloat('lower', { description: 'Mean − 2.66 mean moving ranges; may lie below 0.' }),
    upper: t.exposeFloat('upper'),
    nearLower: t.exposeFloat('nearLower'),
    nearUpper: t.exposeFloat('nearUpper'),
  }),
});

const SpcPoint = builder.objectRef<PointShape>('SpcPoint').implement({
  description: 'One period of an XmR chart.',
  fields: (t) => ({
    period: t.field({ type: Period, resolve: ({ period }) => period }),
    figure: t.field({ type: Measure, resolve: ({ figure }) => figure }),
    phase: t.exposeInt('phase', { description: 'Stretch between breaks in the series, from 1; limits begin afresh.' }),
    limits: t.field({ type: SpcLimits, nullable: true, resolve: ({ limits }) => limits }),
    rule: t.field({ type: SpcRule, nullable: true, resolve: ({ rule }) => rule }),
    variation: t.field({ type: Variation, resolve: ({ variation }) => variation }),
  }),
});

export const SpcChart = builder.objectRef<ChartShape>('SpcChart').implement({
  description: 'An XmR chart: how much a figure usually varies, and when it did something else.',
  fields: (t) => ({
    ...envelopeFields(t),
    measure: t.field({ type: Definition, resolve: ({ measure }) => measure }),
    grain: t.field({ type: Grain, resolve: ({ grain }) => grain }),
    points: t.field({ type: [SpcPoint], resolve: ({ points }) => points }),
    phases: t.exposeInt('phases'),
    trial: t.exposeBoolean('trial', { description: 'True while there are fewer than 12 points.' }),
    variation: t.field({ type: Variation, description: 'Of the latest point.', resolve: ({ variation }) => variation }),
    rule: t.field({ type: SpcRule, nullable: true, description: 'Of the latest point.', resolve: ({ rule }) => rule }),
    assurance: t.field({ type: Assurance, nullable: true, resolve: ({ assurance }) => assurance }),
    target: t.exposeFloat('target', { nullable: true }),
  }),
});

const SpcResult = resultOf('SpcResult', SpcChart);

builder.queryField('spc', (t) =>
  t.field({
    type: SpcResult,
    description: 'The XmR chart of one measure of one place, by quarter (by month for an employer’s own figures).',
    args: {
      measure: t.arg({ type: MeasureName, defaultValue: 'leaver_rate' }),
      method: t.arg({
        type: parameterEnums.method,
        description: 'Of the leaver rate; NES_TRUE when left out, because starts of leave blur a chart.',
      }),
      where: t.arg({ type: WhereInput }),
      organisationView: t.arg(organisationViewArg),
      period: t.arg({ type: PeriodInput, description: 'Every quarter when left out.' }),
      target: t.arg.float({ description: 'In the unit of the measure: 0.1 for 10 %.' }),
      release: t.arg.string({ description: releaseArg }),
    },
    resolve: (_, args, context, info) => spc(args as unknown as SpcGiven, context, info) as never,
  }),
);
