import {
  standardised,
  type Standardised,
  type StandardisedGiven,
  type StandardisedRow as RowShape,
} from '../statistics/standardised.ts';
import { Answer } from './answer.ts';
import { builder } from './builder.ts';
import { enumCase } from './enums.ts';
import { envelopeFields, releaseArg, resultOf } from './envelope.ts';
import { Definition, Measure, MeasureName, parameterEnums } from './measure.ts';
import { AreaRef, Period } from './place.ts';
import { organisationViewArg, PeriodInput, WhereInput } from './where.ts';

const places = {
  nation: 'Nations.',
  region: 'Regions.',
  system: 'Systems; narrow them by nation or region.',
  organisation: 'Organisations; narrow them by region or system.',
} as const;

const StandardisedBy = builder.enumType('StandardisedBy', {
  description: 'Which places are made alike.',
  values: Object.fromEntries(
    Object.entries(places).map(([id, description]) => [enumCase(id), { value: id, description }]),
  ) as Record<string, { value: string; description: string }>,
});

const StandardisedRow = builder.objectRef<RowShape>('StandardisedRow').implement({
  description: 'One place, as it is and as it would be with the mix of work of the United Kingdom.',
  fields: (t) => ({
    area: t.field({ type: AreaRef, resolve: ({ area }) => area }),
    crude: t.field({ type: Measure, description: 'As it is.', resolve: ({ crude }) => crude }),
    standardised: t.field({
      type: Measure,
      description: 'With the standard’s professions and bands; its `comparison` is with the standard itself.',
      resolve: (row) => row.standardised,
    }),
    coverage: t.field({
      type: Measure,
      description: 'Share of the standard in whose professions and bands the place has people.',
      resolve: ({ coverage }) => coverage,
    }),
    adjustedP: t.exposeFloat('adjustedP', {
      nullable: true,
      description:
        'p-value of the difference from the standard, adjusted for the number of places (Benjamini–Hochberg). Null where no rate is shown.',
    }),
    flagged: t.exposeBoolean('flagged', { description: 'Differs clearly: adjusted p at most 0.05.' }),
    statement: t.exposeString('statement'),
  }),
});

const StandardisedTable = builder.objectRef<Standardised>('StandardisedTable').implement({
  description: 'Rates directly standardised by profession × band.',
  interfaces: [Answer],
  fields: (t) => ({
    ...envelopeFields(t),
    period: t.field({ type: Period, resolve: ({ period }) => period }),
    measure: t.field({ type: Definition, resolve: ({ measure }) => measure }),
    standard: t.field({
      type: AreaRef,
      description: 'Whose professions and bands are the standard.',
      resolve: ({ standard }) => standard,
    }),
    rows: t.field({ type: [StandardisedRow], resolve: ({ rows }) => rows }),
    flagged: t.exposeInt('flagged', { description: 'How many places differ clearly.' }),
  }),
});

const StandardisedResult = resultOf('StandardisedResult', StandardisedTable);

builder.queryField('standardised', (t) =>
  t.field({
    type: StandardisedResult,
    description:
      'How places compare once they are made alike in profession and band: direct standardisation to the United Kingdom.',
    args: {
      measure: t.arg({ type: MeasureName, defaultValue: 'leaver_rate' }),
      by: t.arg({ type: StandardisedBy, defaultValue: 'nation' }),
      method: t.arg({ type: parameterEnums.method, description: 'Of the leaver rate; NES_TRUE when left out.' }),
      where: t.arg({ type: WhereInput }),
      period: t.arg({ type: PeriodInput, description: 'One year; the latest when left out.' }),
      organisationView: t.arg(organisationViewArg),
      release: t.arg.string({ description: releaseArg }),
    },
    resolve: (_, args, context, info) => standardised(args as unknown as StandardisedGiven, context, info) as never,
  }),
);
