import { dimensions, geographies } from '../release/dimension.ts';
import { organisationViews, peerGroups } from '../query/question.ts';
import { builder } from './builder.ts';
import { categoryEnums, DimensionEnum, Grain, NationEnum, textEnum } from './enums.ts';
import { MeasureName, parameterEnums } from './measure.ts';

export const WhereInput = builder.inputType('Where', {
  description:
    'Which people and places. Several values of one filter are added up; an area filter reaches everything inside it.',
  fields: (t) => ({
    nation: t.field({ type: [NationEnum] }),
    ...(Object.fromEntries(
      geographies
        .filter((id) => id !== 'nation')
        .map((id) => [id, t.stringList({ description: `Codes, as in catalogue.areas(level: ${id.toUpperCase()}).` })]),
    ) as Record<'region' | 'system' | 'organisation', ReturnType<typeof t.stringList>>),
    ...(Object.fromEntries(
      dimensions.map(({ id, field, label }) => {
        const type = categoryEnums.get(id);
        return [
          field,
          type ? t.field({ type: [type] }) : t.stringList({ description: `${label}: codes, as in the catalogue.` }),
        ];
      }),
    ) as Record<string, ReturnType<typeof t.stringList>>),
  }),
});

export const OrganisationView = builder.enumType('OrganisationView', {
  description: 'Which organisation a figure belongs to when organisations merge or change their code.',
  values: {
    AS_AT_THE_TIME: {
      value: organisationViews.AS_AT_THE_TIME,
      description: 'The one that reported it. A merged organisation begins with the merger.',
    },
    AS_OF_TODAY: {
      value: organisationViews.AS_OF_TODAY,
      description:
        'The one that it is today: the published figures of every organisation that went into it are added to its own, so that it can be followed through the merger. The protection of each adds up. An organisation that was split among several stays itself.',
    },
  },
});

export const organisationViewArg = {
  type: OrganisationView,
  defaultValue: 'time' as const,
  description: 'For rows of organisations and filters on them; coarser places are as each organisation lay.',
};

const periodGrain = {
  description: 'Default: QUARTER, or YEAR where most figures of the subject are yearly.',
};
const PeriodAt = builder.inputType('PeriodAt', {
  fields: (t) => ({
    end: t.string({ required: true, description: 'The last month, as 2026-03, or the last day.' }),
    grain: t.field({ type: Grain, ...periodGrain }),
  }),
});
const LastPeriods = builder.inputType('LastPeriods', {
  fields: (t) => ({ count: t.int({ required: true }), grain: t.field({ type: Grain, ...periodGrain }) }),
});
const PeriodRange = builder.inputType('PeriodRange', {
  fields: (t) => ({
    from: t.string({ required: true, description: 'The first period’s last month, as 2024-03.' }),
    to: t.string({ required: true }),
    grain: t.field({ type: Grain, ...periodGrain }),
  }),
});
export const PeriodInput = builder.inputType('PeriodInput', {
  description: 'Which periods; the latest one when left out.',
  isOneOf: true,
  fields: (t) => ({
    at: t.field({ type: PeriodAt }),
    last: t.field({ type: LastPeriods }),
    range: t.field({ type: PeriodRange }),
  }),
});

const OrderDirection = builder.enumType('OrderDirection', {
  values: { ASC: { value: 'asc' }, DESC: { value: 'desc' } } as const,
});
export const OrderInput = builder.inputType('OrderInput', {
  description:
    'By the value of a measure in the latest period asked for, withheld values last; or by a dimension: the order of its categories, or the name of an area.',
  fields: (t) => ({
    measure: t.field({ type: MeasureName, description: 'The measure to order by. Not beside `dimension`.' }),
    dimension: t.field({ type: DimensionEnum, description: 'The dimension to order by. Not beside `measure`.' }),
    direction: t.field({
      type: OrderDirection,
      description: 'DESC for a measure when left out, ASC for a dimension.',
    }),
    method: t.field({ type: parameterEnums.method, description: 'How the rate is made. For a measure that takes it.' }),
    scope: t.field({
      type: parameterEnums.scope,
      description: 'What counts as joining or leaving. For a measure that takes it.',
    }),
    basis: t.field({ type: parameterEnums.basis, description: 'What is counted. For a measure that takes it.' }),
  }),
});

const PeerGroup = textEnum('PeerGroup', 'Which others an area is compared with; it is left out itself.', peerGroups);
export const CompareInput = builder.inputType('CompareInput', {
  description: 'What every figure is compared with.',
  isOneOf: true,
  fields: (t) => ({
    nation: t.boolean({ description: 'The nation that the area lies in.' }),
    region: t.boolean({ description: 'The region of England that the area lies in.' }),
    system: t.boolean({
      description: 'The integrated care system or health board area that the organisation lies in.',
    }),
    england: t.boolean({ description: 'England; for the other nations and the places in them too.' }),
    uk: t.boolean({ description: 'The United Kingdom.' }),
    previous: t.boolean({ description: 'The period before.' }),
    yearAgo: t.boolean({ description: 'The same period a year before.' }),
    peers: t.field({ type: PeerGroup }),
  }),
});
