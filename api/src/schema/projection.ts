import { type BackTest as BackTestShape } from '../statistics/back-test.ts';
import { type ProjectedYear as YearShape } from '../statistics/projected-year.ts';
import { projection, type Projection as ProjectionShape, type ProjectionGiven } from '../statistics/projection.ts';
import type { Multipliers } from '../statistics/stock-flow.ts';
import { Answer } from './answer.ts';
import { builder } from './builder.ts';
import { envelopeFields, releaseArg, resultOf } from './envelope.ts';
import { Measure } from './measure.ts';
import { Category, Period } from './place.ts';
import { WhereInput } from './where.ts';

const ProjectionBy = builder.enumType('ProjectionBy', {
  description: 'The states of a projection.',
  values: {
    BAND: { value: 'band', description: 'Bands; with a filter on profession, the bands of that profession.' },
    PROFESSION: { value: 'profession', description: 'Professions.' },
  } as const,
});

const multiplier = (of: string) => ({
  defaultValue: 1,
  description: `Multiplies ${of}, 0 to 3; 1 leaves them as they were.`,
});

const Scenario = builder.inputType('Scenario', {
  description: 'What would be different from the last years.',
  fields: (t) => ({
    joiners: t.float(multiplier('joiners')),
    leavers: t.float(multiplier('leavers')),
    progression: t.float(multiplier('moves to a higher band')),
    apprenticeships: t.float(multiplier('support workers who become registered')),
  }),
});

const ScenarioValues = builder.objectRef<Multipliers>('ScenarioValues').implement({
  description: 'The multipliers of a projection.',
  fields: (t) => ({
    joiners: t.exposeFloat('joiners'),
    leavers: t.exposeFloat('leavers'),
    progression: t.exposeFloat('progression'),
    apprenticeships: t.exposeFloat('apprenticeships'),
  }),
});

const ProjectedState = builder.objectRef<YearShape['states'][number]>('ProjectedState').implement({
  description: 'People in one band or profession at the end of a year.',
  fields: (t) => ({
    state: t.field({ type: Category, resolve: ({ state }) => state }),
    people: t.field({ type: Measure, resolve: ({ people }) => people }),
  }),
});

const ProjectedYear = builder.objectRef<YearShape>('ProjectedYear').implement({
  description: 'A year of a projection, or of what was found.',
  fields: (t) => ({
    label: t.exposeString('label'),
    end: t.field({ type: 'Date', resolve: ({ end }) => end }),
    total: t.field({ type: Measure, resolve: ({ total }) => total }),
    joiners: t.field({ type: Measure, description: 'Everybody who came in.', resolve: ({ joiners }) => joiners }),
    leavers: t.field({ type: Measure, description: 'Left, or went on long leave.', resolve: ({ leavers }) => leavers }),
    toRegistered: t.field({ type: Measure, resolve: ({ toRegistered }) => toRegistered }),
    states: t.field({ type: [ProjectedState], resolve: ({ states }) => states }),
    conserved: t.exposeBoolean('conserved', { description: 'True when start + in − out gives the end.' }),
  }),
});

const BackTest = builder.objectRef<BackTestShape>('BackTest').implement({
  description: 'A past year predicted from the years before it alone.',
  fields: (t) => ({
    period: t.field({ type: Period, resolve: ({ period }) => period }),
    predicted: t.field({ type: Measure, resolve: ({ predicted }) => predicted }),
    observed: t.field({ type: Measure, resolve: ({ observed }) => observed }),
    error: t.field({ type: Measure, resolve: ({ error }) => error }),
    statement: t.exposeString('statement'),
  }),
});

const ProjectionTable = builder.objectRef<ProjectionShape>('ProjectionTable').implement({
  description: 'What would become of the workforce.',
  interfaces: [Answer],
  fields: (t) => ({
    ...envelopeFields(t),
    base: t.field({ type: Period, description: 'The year from whose end it starts.', resolve: ({ base }) => base }),
    states: t.field({ type: [Category], resolve: ({ states }) => states }),
    history: t.field({
      type: [ProjectedYear],
      description: 'The years that it rests on.',
      resolve: ({ history }) => history,
    }),
    years: t.field({ type: [ProjectedYear], description: 'Under the scenario.', resolve: ({ years }) => years }),
    baseline: t.field({
      type: [ProjectedYear],
      description: 'If nothing changes.',
      resolve: ({ baseline }) => baseline,
    }),
    scenario: t.field({ type: ScenarioValues, resolve: ({ scenario }) => scenario }),
    isBaseline: t.exposeBoolean('isBaseline'),
    backTest: t.field({ type: [BackTest], resolve: ({ backTest }) => backTest }),
    assumptions: t.exposeStringList('assumptions'),
  }),
});

const ProjectionResult = resultOf('ProjectionResult', ProjectionTable);

builder.queryField('projection', (t) =>
  t.field({
    type: ProjectionResult,
    description: 'What would become of the workforce if people went on to move as they did, or under a scenario.',
    args: {
      where: t.arg({ type: WhereInput }),
      by: t.arg({ type: ProjectionBy, defaultValue: 'band' }),
      years: t.arg.int({ defaultValue: 5, description: 'Years ahead, up to 10.' }),
      scenario: t.arg({ type: Scenario }),
      seed: t.arg.int({ defaultValue: 1, description: 'Of the draws: the same seed gives the same interval.' }),
      release: t.arg.string({ description: releaseArg }),
    },
    resolve: (_, args, context, info) => projection(args as unknown as ProjectionGiven, context, info) as never,
  }),
);
