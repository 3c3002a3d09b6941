import { fairness, type Fairness, type FairnessGiven } from '../statistics/fairness.ts';
import { fairnessVerdicts, type FairnessRow as RowShape } from '../statistics/fairness-row.ts';
import type {
  Dissimilarity as DissimilarityShape,
  LadderRow as LadderRowShape,
  LadderStep as LadderStepShape,
} from '../statistics/ladder.ts';
import { outcomes } from '../statistics/outcomes.ts';
import { Answer } from './answer.ts';
import { builder } from './builder.ts';
import { enumCase, textEnum } from './enums.ts';
import { envelopeFields, releaseArg, resultOf } from './envelope.ts';
import { Definition, Measure } from './measure.ts';
import { Category, Period } from './place.ts';
import { organisationViewArg, PeriodInput, WhereInput } from './where.ts';

const OutcomeEnum = builder.enumType('Outcome', {
  description: 'What may happen to people, by which groups are compared.',
  values: Object.fromEntries(
    [...outcomes].map(([id, { measure }]) => [
      enumCase(id),
      { value: id, description: `${measure.title}. ${measure.plain}` },
    ]),
  ) as Record<string, { value: string; description: string }>,
});

const Characteristic = builder.enumType('Characteristic', {
  description: 'Characteristics of people, protected by the Equality Act 2010.',
  values: {
    SEX: { value: 'sex', description: 'Sex; compared with men.' },
    ETHNIC_GROUP: { value: 'ethnic_group', description: 'Ethnic group; compared with white staff.' },
    AGE_BAND: { value: 'age_band', description: 'Age; compared with the largest group.' },
    DISABILITY: { value: 'disability', description: 'Disability; compared with staff who are not disabled.' },
  } as const,
});

const FourFifths = textEnum('FourFifths', 'Where a ratio lies against the four-fifths band.', {
  BELOW: 'Below 0.80.',
  WITHIN: 'From 0.80 to 1.25.',
  ABOVE: 'Above 1.25.',
});

const FairnessVerdict = textEnum('FairnessVerdict', 'What the comparison of a group shows.', fairnessVerdicts);

export const FairnessRow = builder.objectRef<RowShape>('FairnessRow').implement({
  description: 'One group of people against the reference group.',
  fields: (t) => ({
    group: t.field({ type: Category, resolve: ({ group }) => group }),
    isReference: t.exposeBoolean('isReference'),
    isUnion: t.exposeBoolean('isUnion', {
      description: 'True for several groups added up; they have rows of their own too.',
    }),
    isUnknown: t.exposeBoolean('isUnknown'),
    people: t.field({
      type: Measure,
      description: 'In post at the end of the latest year.',
      resolve: ({ people }) => people,
    }),
    representation: t.field({ type: Measure, resolve: ({ representation }) => representation }),
    rate: t.field({ type: Measure, description: 'The outcome in this group.', resolve: ({ rate }) => rate }),
    relativeLikelihood: t.field({
      type: Measure,
      description: 'Above 1, the group is worse off, whichever way the outcome is good.',
      resolve: ({ relativeLikelihood }) => relativeLikelihood,
    }),
    gap: t.field({
      type: Measure,
      description: 'Rate of the group minus that of the reference.',
      resolve: ({ gap }) => gap,
    }),
    fourFifths: t.field({ type: FourFifths, nullable: true, resolve: ({ fourFifths }) => fourFifths }),
    flagged: t.exposeBoolean('flagged', { description: 'Outside 0.80 to 1.25, and the interval excludes 1.' }),
    verdict: t.field({ type: FairnessVerdict, resolve: ({ verdict }) => verdict }),
    statement: t.exposeString('statement'),
  }),
});

const LadderRow = builder.objectRef<LadderRowShape>('LadderRow').implement({
  description: 'A group on one step of the ladder of bands.',
  fields: (t) => ({
    group: t.field({ type: Category, resolve: ({ group }) => group }),
    isUnion: t.exposeBoolean('isUnion'),
    disparityRatio: t.field({ type: Measure, resolve: ({ disparityRatio }) => disparityRatio }),
    benchmark: t.field({
      type: Measure,
      nullable: true,
      description:
        'The same ratio of official figures (all support to scientific, therapeutic and technical staff); null where the release has none.',
      resolve: ({ benchmark }) => benchmark,
    }),
    fourFifths: t.field({ type: FourFifths, nullable: true, resolve: ({ fourFifths }) => fourFifths }),
    flagged: t.exposeBoolean('flagged'),
    statement: t.exposeString('statement'),
  }),
});

const LadderStep = builder.objectRef<LadderStepShape>('LadderStep').implement({
  description: 'From one rung of the ladder of bands to the next.',
  fields: (t) => ({
    from: t.exposeString('from'),
    to: t.exposeString('to'),
    label: t.exposeString('label'),
    rows: t.field({ type: [LadderRow], resolve: ({ rows }) => rows }),
  }),
});

const DissimilarityReference = builder
  .objectRef<NonNullable<DissimilarityShape['reference']>>('DissimilarityReference')
  .implement({
    description: 'What the index would be if people were dealt to the groups by chance.',
    fields: (t) => ({
      expected: t.field({
        type: Measure,
        description: 'Mean index of the draws.',
        resolve: ({ expected }) => expected,
      }),
      pValue: t.exposeFloat('pValue', { description: 'Share of draws at least as far apart.' }),
      draws: t.exposeInt('draws'),
      seed: t.exposeInt('seed'),
    }),
  });

const Dissimilarity = builder.objectRef<DissimilarityShape>('Dissimilarity').implement({
  description: 'How differently the reference group and the others are spread over the bands.',
  fields: (t) => ({
    index: t.field({ type: Measure, resolve: ({ index }) => index }),
    reference: t.field({ type: DissimilarityReference, nullable: true, resolve: ({ reference }) => reference }),
    groups: t.field({ type: [Category], resolve: ({ groups }) => groups }),
    statement: t.exposeString('statement'),
  }),
});

const FairnessTable = builder.objectRef<Fairness>('FairnessTable').implement({
  description: 'Groups of people by an outcome, each against the reference group.',
  interfaces: [Answer],
  fields: (t) => ({
    ...envelopeFields(t),
    periods: t.field({ type: [Period], description: 'Years taken together.', resolve: ({ periods }) => periods }),
    outcome: t.field({ type: Definition, resolve: ({ outcome }) => outcome }),
    characteristic: t.string({ resolve: ({ characteristic }) => enumCase(characteristic) }),
    label: t.exposeString('label', { description: 'Name of the characteristic.' }),
    reference: t.field({ type: Category, resolve: ({ reference }) => reference }),
    direction: t.exposeString('direction', { description: 'How to read the ratio.' }),
    rows: t.field({ type: [FairnessRow], resolve: ({ rows }) => rows }),
    overall: t.field({ type: Measure, description: 'The outcome among everybody.', resolve: ({ overall }) => overall }),
    disclosure: t.field({ type: Measure, resolve: ({ disclosure }) => disclosure }),
    ladder: t.field({
      type: [LadderStep],
      description: 'Disparity ratios 2 → 3 → 4 → 5 and above, latest year.',
      resolve: ({ ladder }) => ladder,
    }),
    dissimilarity: t.field({ type: Dissimilarity, resolve: ({ dissimilarity }) => dissimilarity }),
  }),
});

const FairnessResult = resultOf('FairnessResult', FairnessTable);

builder.queryField('fairness', (t) =>
  t.field({
    type: FairnessResult,
    description: 'Whether groups of people fare alike: relative likelihoods with intervals, gaps, the ladder of bands.',
    args: {
      outcome: t.arg({ type: OutcomeEnum, defaultValue: 'band_up_rate' }),
      characteristic: t.arg({ type: Characteristic, defaultValue: 'ethnic_group' }),
      reference: t.arg.string({
        description: 'Code of the group to compare with; see Characteristic for the default.',
      }),
      where: t.arg({ type: WhereInput }),
      period: t.arg({ type: PeriodInput, description: 'Years; all of them together when left out.' }),
      organisationView: t.arg(organisationViewArg),
      release: t.arg.string({ description: releaseArg }),
    },
    resolve: (_, args, context, info) => fairness(args as unknown as FairnessGiven, context, info) as never,
  }),
);
