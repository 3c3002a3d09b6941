import {
  assurances,
  spc,
  type SpcChart as ChartShape,
  type SpcGiven,
  type SpcPoint as PointShape,
} from '../statistics/spc.ts';
import { chartKinds } from '../statistics/chart-kind.ts';
import { type YearTest as YearShape } from '../statistics/year-test.ts';
import { spcRules, variations } from '../statistics/xmr.ts';
import { unitNames } from '../query/unit-names.ts';
import { displayed } from '../query/words.ts';
import { Answer } from './answer.ts';
import { builder } from './builder.ts';
import { Quantity } from './quantity.ts';
import { Grain, textEnum } from './enums.ts';
import { envelopeFields, releaseArg, resultOf, SignificanceTest } from './envelope.ts';
import { Definition, Measure, MeasureName, parameterEnums } from './measure.ts';
import { Period } from './place.ts';
import { organisationViewArg, PeriodInput, WhereInput } from './where.ts';

export const Variation = textEnum('Variation', 'What a chart says, as NHS “Making data count” puts it.', variations);
export const SpcRule = textEnum('SpcRule', 'The rule that marks a point; the first that applies.', spcRules);
const ChartKind = textEnum('ChartKind', 'Which chart it is: by how many events a point has.', chartKinds);
const Assurance = textEnum('Assurance', 'Whether a process will meet its target.', assurances);

const near =
  'Two thirds of the way from the mean to the limit, for the rule of two in three points. Null unless the chart is XmR.';
const SpcLimits = builder.objectRef<NonNullable<PointShape['limits']>>('SpcLimits').implement({
  description:
    'The lines of a chart at one point; they differ between phases, and exact ones with the number of people.',
  fields: (t) => ({
    mean: t.exposeFloat('mean'),
    lower: t.exposeFloat('lower', {
      description:
        'Mean − 2.66 mean moving ranges, which may lie below 0; or the exact limit (0.1 % of points in control lie below).',
    }),
    upper: t.exposeFloat('upper'),
    nearLower: t.exposeFloat('nearLower', { nullable: true, description: near }),
    nearUpper: t.exposeFloat('nearUpper', { nullable: true, description: near }),
  }),
});

const SpcPoint = builder.objectRef<PointShape>('SpcPoint').implement({
  description: 'One period of a control chart.',
  fields: (t) => ({
    period: t.field({ type: Period, resolve: ({ period }) => period }),
    figure: t.field({ type: Measure, resolve: ({ figure }) => figure }),
    phase: t.exposeInt('phase', { description: 'Stretch between breaks in the series, from 1; limits begin afresh.' }),
    limits: t.field({
      type: SpcLimits,
      nullable: true,
      description:
        'Null for a point that is not shown, and where a stretch has one point: nothing says how much it varies.',
      resolve: ({ limits }) => limits,
    }),
    rule: t.field({ type: SpcRule, nullable: true, resolve: ({ rule }) => rule }),
    variation: t.field({
      type: Variation,
      nullable: true,
      description: 'Null where the figure is not shown, or a stretch has fewer than 12 points.',
      resolve: ({ variation }) => variation,
    }),
  }),
});

const YearTest = builder.objectRef<YearShape>('YearTest').implement({
  description: 'The latest year against the two or three before it: the verdict of a chart with exact limits.',
  fields: (t) => ({
    period: t.field({ type: Period, resolve: ({ period }) => period }),
    figure: t.field({ type: Measure, resolve: ({ figure }) => figure }),
    years: t.exposeInt('years', { description: 'Years before it that this rests on.' }),
    limits: t.field({
      type: SpcLimits,
      nullable: true,
      description:
        'What the years before lead to expect, and what chance and the protection of counts leave of it 19 times in 20. Null without a verdict: fewer than five events expected, or fewer than two years before.',
      resolve: ({ limits }) => limits,
    }),
    test: t.field({ type: SignificanceTest, nullable: true, resolve: ({ test }) => test }),
    variation: t.field({ type: Variation, nullable: true, resolve: ({ variation }) => variation }),
    statement: t.exposeString('statement'),
  }),
});

export const SpcChart = builder.objectRef<ChartShape>('SpcChart').implement({
  description: 'A control chart: how much a figure usually varies, and when it did something else.',
  interfaces: [Answer],
  fields: (t) => ({
    ...envelopeFields(t),
    measure: t.field({ type: Definition, resolve: ({ measure }) => measure }),
    grain: t.field({ type: Grain, resolve: ({ grain }) => grain }),
    chart: t.field({ type: ChartKind, resolve: ({ chart }) => chart }),
    points: t.field({ type: [SpcPoint], resolve: ({ points }) => points }),
    phases: t.exposeInt('phases'),
    trial: t.exposeBoolean('trial', { description: 'True while there are fewer than 20 points.' }),
    variation: t.field({
      type: Variation,
      nullable: true,
      description:
        'The verdict: of the latest point, or of the latest year where the limits are exact. Null without one.',
      resolve: ({ variation }) => variation,
    }),
    year: t.field({ type: YearTest, nullable: true, resolve: ({ year }) => year }),
    rule: t.field({
      type: SpcRule,
      nullable: true,
      description: 'The rule behind the verdict. Null when no rule is met.',
      resolve: ({ rule }) => rule,
    }),
    assurance: t.field({ type: Assurance, nullable: true, resolve: ({ assurance }) => assurance }),
    target: t.field({
      type: Quantity,
      nullable: true,
      resolve: ({ target, measure }) =>
        target === null
          ? null
          : {
              value: target,
              display: displayed(target, measure.unit, null),
              unit: unitNames[measure.unit],
              interval: null,
            },
    }),
  }),
});

const SpcResult = resultOf('SpcResult', SpcChart);

builder.queryField('spc', (t) =>
  t.field({
    type: SpcResult,
    description:
      'The control chart of one measure of one place, by quarter (by month for an employer’s own figures): XmR, or with exact limits where events are few.',
    args: {
      measure: t.arg({ type: MeasureName, defaultValue: 'leaver_rate' }),
      method: t.arg({
        type: parameterEnums.method,
        description: 'Of the leaver rate; NHSE_AVERAGE when left out, as everywhere.',
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
