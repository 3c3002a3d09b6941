import type { Parameters } from '@ahp/sql/measure';
import type { Grain, SourceId } from '../release/catalogue.ts';
import type { Geography, Level } from '../release/dimension.ts';

export type PeriodInput =
  | { at: { end: string; grain?: Grain | null }; last?: null; range?: null }
  | { last: { count: number; grain?: Grain | null }; at?: null; range?: null }
  | { range: { from: string; to: string; grain?: Grain | null }; at?: null; last?: null };

export type OrderDirection = 'asc' | 'desc';
/** By a measure with its arguments, or by a dimension: by one of the two. */
export interface OrderInput {
  measure?: string | null;
  dimension?: string | null;
  direction?: OrderDirection | null;
  method?: Parameters['method'] | null;
  scope?: Parameters['scope'] | null;
  basis?: Parameters['basis'] | null;
}
export type MeasureOrder = OrderInput & { measure: string };
export const byMeasure = (order: OrderInput): order is MeasureOrder => typeof order.measure === 'string';

export const peerGroups = {
  NATION: 'Other areas of the same nation at the same level.',
  REGION: 'Other areas of the same region at the same level.',
  KIND: 'Other employers of the same kind in the same nation.',
  SIZE: 'Other employers of the same size band.',
} as const;
export type PeerGroup = keyof typeof peerGroups;

export interface CompareInput {
  nation?: boolean | null;
  region?: boolean | null;
  system?: boolean | null;
  england?: boolean | null;
  uk?: boolean | null;
  previous?: boolean | null;
  yearAgo?: boolean | null;
  peers?: PeerGroup | null;
}

export const organisationViews = {
  AS_AT_THE_TIME: 'time',
  AS_OF_TODAY: 'today',
} as const;
/** Which organisation a figure belongs to: the one that reported it, or the one that it is today. */
export type OrganisationView = (typeof organisationViews)[keyof typeof organisationViews];

/** The arguments of a root field that answers with rows, as GraphQL hands them over: enums are already codes. */
export interface Question {
  by?: readonly string[] | null;
  where?: Where | null;
  period?: PeriodInput | null;
  level?: Level | null;
  organisationView?: OrganisationView | null;
  source?: SourceId | null;
  compare?: CompareInput | null;
  totals?: boolean | null;
  orderBy?: readonly OrderInput[] | null;
  first?: number | null;
  offset?: number | null;
  rest?: boolean | null;
  feed?: string | null;
  release?: string | null;
}

/** Filters by the id of the geography or dimension in GraphQL's spelling: `{ nation: ['wales'], ethnicGroup: ['asian'] }`. */
export type Where = { readonly [field: string]: readonly string[] | null | undefined } & {
  readonly [geography in Geography]?: readonly string[] | null;
};
