import {
  timeToStep,
  type StepCurve as CurveShape,
  type StepPoint as PointShape,
  type TimeToStep,
  type TimeToStepGiven,
} from '../statistics/time-to-step.ts';
import { Answer } from './answer.ts';
import { builder } from './builder.ts';
import { enumCase } from './enums.ts';
import { envelopeFields, releaseArg, resultOf } from './envelope.ts';
import { Measure } from './measure.ts';
import { AreaRef, Category, Period } from './place.ts';
import { organisationViewArg, PeriodInput, WhereInput } from './where.ts';

const split = {
  nation: 'For each nation.',
  region: 'For each region.',
  system: 'For each system.',
  organisation: 'For each organisation.',
  profession: 'For each profession.',
  band: 'For each band.',
  sex: 'For each sex.',
  ethnic_group: 'For each ethnic group.',
  age_band: 'For each age band.',
  disability: 'For disabled and for other staff.',
} as const;

const StepBy = builder.enumType('StepBy', {
  description: 'What the time to a first step may be split by; one thing only.',
  values: Object.fromEntries(
    Object.entries(split).map(([id, description]) => [enumCase(id), { value: id, description }]),
  ) as Record<string, { value: string; description: string }>,
});

const StepPoint = builder.objectRef<PointShape>('StepPoint').implement({
  description: 'Where those who joined are at the end of one interval since joining. The four shares add up to 100 %.',
  fields: (t) => ({
    elapsed: t.exposeInt('elapsed', { description: 'Months since joining, at the end of the interval.' }),
    label: t.exposeString('label'),
    followed: t.field({ type: Measure, resolve: (point) => point.followed }),
    steppedUp: t.field({
      type: Measure,
      description: 'Share who have moved to a higher band.',
      resolve: (point) => point.steppedUp,
    }),
    registered: t.field({
      type: Measure,
      description: 'Share who became registered before they moved up.',
      resolve: (point) => point.registered,
    }),
    left: t.field({
      type: Measure,
      description: 'Share who left before they moved up.',
      resolve: (point) => point.left,
    }),
    waiting: t.field({
      type: Measure,
      description: 'Share still there who have not moved up.',
      resolve: (point) => point.waiting,
    }),
  }),
});

const StepCurve = builder.objectRef<CurveShape>('StepCurve').implement({
  description: 'How fast the people of one place and category move up.',
  fields: (t) => ({
    area: t.field({ type: AreaRef, resolve: (curve) => curve.area }),
    category: t.field({ type: Category, nullable: true, resolve: (curve) => curve.category }),
    label: t.exposeString('label'),
    points: t.field({ type: [StepPoint], resolve: (curve) => curve.points }),
    by12: t.field({ type: Measure, description: 'Moved up within 12 months.', resolve: (curve) => curve.by12 }),
    by24: t.field({ type: Measure, resolve: (curve) => curve.by24 }),
    by36: t.field({ type: Measure, resolve: (curve) => curve.by36 }),
    monthsToTenth: t.field({
      type: Measure,
      description: 'Months until a tenth of those who joined have moved up.',
      resolve: (curve) => curve.monthsToTenth,
    }),
    stoppedAt: t.exposeInt('stoppedAt', {
      nullable: true,
      description: 'Months at which the curve had to stop. Null when it did not.',
    }),
    stopReason: t.exposeString('stopReason', { nullable: true }),
    statement: t.exposeString('statement'),
  }),
});

const TimeToStepTable = builder.objectRef<TimeToStep>('TimeToStepTable').implement({
  description:
    'Time from joining to the first move to a higher band, with leaving and registration as competing exits.',
  interfaces: [Answer],
  fields: (t) => ({
    ...envelopeFields(t),
    periods: t.field({ type: [Period], description: 'Years taken together.', resolve: ({ periods }) => periods }),
    curves: t.field({ type: [StepCurve], resolve: ({ curves }) => curves }),
  }),
});

const TimeToStepResult = resultOf('TimeToStepResult', TimeToStepTable);

builder.queryField('timeToStep', (t) =>
  t.field({
    type: TimeToStepResult,
    description: 'How long it takes from joining to a higher band, and who leaves or registers before that.',
    args: {
      where: t.arg({ type: WhereInput }),
      by: t.arg({ type: StepBy }),
      period: t.arg({ type: PeriodInput, description: 'Years; all of them together when left out.' }),
      organisationView: t.arg(organisationViewArg),
      release: t.arg.string({ description: releaseArg }),
    },
    resolve: (_, args, context, info) => timeToStep(args as unknown as TimeToStepGiven, context, info) as never,
  }),
);
