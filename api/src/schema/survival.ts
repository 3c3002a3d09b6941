import { survival, type Survival, type SurvivalGiven } from '../statistics/survival.ts';
import type { SurvivalCurve as CurveShape, SurvivalPoint as PointShape } from '../statistics/survival-curve.ts';
import { Answer } from './answer.ts';
import { builder } from './builder.ts';
import { enumCase } from './enums.ts';
import { envelopeFields, releaseArg, resultOf, SignificanceTest } from './envelope.ts';
import { Measure } from './measure.ts';
import { AreaRef, Category, Period } from './place.ts';
import { organisationViewArg, PeriodInput, WhereInput } from './where.ts';

const split = {
  nation: 'A curve for each nation.',
  region: 'A curve for each region.',
  system: 'A curve for each system.',
  organisation: 'A curve for each organisation.',
  profession: 'A curve for each profession.',
  band: 'A curve for each band.',
  stage: 'A curve for each framework stage.',
  sex: 'A curve for each sex.',
  ethnic_group: 'A curve for each ethnic group.',
  age_band: 'A curve for each age band.',
  disability: 'A curve for disabled and for other staff.',
  cohort: 'A curve for each year of joining.',
} as const;

const SurvivalBy = builder.enumType('SurvivalBy', {
  description: 'What retention curves may be split by; one thing only.',
  values: Object.fromEntries(
    Object.entries(split).map(([id, description]) => [enumCase(id), { value: id, description }]),
  ) as Record<string, { value: string; description: string }>,
});

const SurvivalPoint = builder.objectRef<PointShape>('SurvivalPoint').implement({
  description: 'A retention curve at the end of one interval since joining. It starts at 100 % at 0 months.',
  fields: (t) => ({
    elapsed: t.exposeInt('elapsed', { description: 'Months since joining, at the end of the interval.' }),
    label: t.exposeString('label'),
    atRisk: t.field({ type: Measure, resolve: (point) => point.atRisk }),
    survival: t.field({ type: Measure, description: 'Share still there.', resolve: (point) => point.survival }),
    leftIncidence: t.field({
      type: Measure,
      description: 'Share who have left.',
      resolve: (point) => point.leftIncidence,
    }),
    registeredIncidence: t.field({
      type: Measure,
      description: 'Share who have become registered.',
      resolve: (point) => point.registeredIncidence,
    }),
  }),
});

export const SurvivalCurve = builder.objectRef<CurveShape>('SurvivalCurve').implement({
  description: 'How long people stay: the life table of one place and category.',
  fields: (t) => ({
    area: t.field({ type: AreaRef, resolve: (curve) => curve.area }),
    category: t.field({ type: Category, nullable: true, resolve: (curve) => curve.category }),
    label: t.exposeString('label'),
    points: t.field({ type: [SurvivalPoint], resolve: (curve) => curve.points }),
    at12: t.field({ type: Measure, description: 'Still there after 12 months.', resolve: (curve) => curve.at12 }),
    at24: t.field({ type: Measure, resolve: (curve) => curve.at24 }),
    at36: t.field({ type: Measure, resolve: (curve) => curve.at36 }),
    medianMonths: t.field({ type: Measure, resolve: (curve) => curve.medianMonths }),
    earlyLeavers: t.field({
      type: Measure,
      description: 'Share who leave within 12 months of joining.',
      resolve: (curve) => curve.earlyLeavers,
    }),
    stoppedAt: t.exposeInt('stoppedAt', {
      nullable: true,
      description: 'Months at which the curve had to stop. Null when it did not.',
    }),
    stopReason: t.exposeString('stopReason', { nullable: true }),
    statement: t.exposeString('statement'),
  }),
});

const SurvivalTable = builder.objectRef<Survival>('SurvivalTable').implement({
  description: 'Retention curves with delayed entry and competing exits.',
  interfaces: [Answer],
  fields: (t) => ({
    ...envelopeFields(t),
    periods: t.field({ type: [Period], description: 'Years taken together.', resolve: ({ periods }) => periods }),
    curves: t.field({ type: [SurvivalCurve], resolve: ({ curves }) => curves }),
    test: t.field({
      type: SignificanceTest,
      nullable: true,
      description: 'Log-rank test between the curves; descriptive. Null with fewer than two curves.',
      resolve: ({ test }) => test,
    }),
  }),
});

const SurvivalResult = resultOf('SurvivalResult', SurvivalTable);

builder.queryField('survival', (t) =>
  t.field({
    type: SurvivalResult,
    description: 'How long people stay after joining: retention curves, and the shares who left or became registered.',
    args: {
      where: t.arg({ type: WhereInput }),
      organisationView: t.arg(organisationViewArg),
      by: t.arg({ type: SurvivalBy }),
      period: t.arg({ type: PeriodInput, description: 'Years; all of them together when left out.' }),
      release: t.arg.string({ description: releaseArg }),
    },
    resolve: (_, args, context, info) => survival(args as unknown as SurvivalGiven, context, info) as never,
  }),
);
