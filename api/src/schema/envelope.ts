import type { ObjectRef } from '@pothos/core';
import type { AreaRecord } from '../release/catalogue.ts';
import type { OpenRelease } from '../release/open-release.ts';
import type { Refusal } from '../query/refusal.ts';
import type { Warning } from '../query/table.ts';
import type { SignificanceTest as SignificanceTestShape } from '../statistics/test-result.ts';
import { builder } from './builder.ts';
import { Audience } from './me.ts';
import { AreaRef } from './place.ts';
import { QueryRefused } from './refusal.ts';
import { Release } from './release.ts';
import { WarningRef } from './table.ts';

/** What every answer of a statistic carries. */
export interface Envelope {
  open: OpenRelease;
  area: AreaRecord;
  warnings: Warning[];
  statement: string;
  cost: number;
}

/** The fields that every answer of a statistic has: where it came from, whom it is about, what to know before using it. */
export function envelopeFields<Shape extends Envelope>(
  t: PothosSchemaTypes.ObjectFieldBuilder<typeof builder.$inferSchemaTypes, Shape>,
) {
  return {
    release: t.field({ type: Release, resolve: ({ open }) => open.catalogue.release }),
    audience: t.field({ type: Audience, resolve: ({ open }) => open.catalogue.audience }),
    area: t.field({ type: AreaRef, description: 'The place that was asked about.', resolve: ({ area }) => area }),
    warnings: t.field({ type: [WarningRef], resolve: ({ warnings }) => warnings }),
    statement: t.string({ description: 'What it is, or shows, in words.', resolve: ({ statement }) => statement }),
    cost: t.int({ description: 'Cells that the answer was made of.', resolve: ({ cost }) => cost }),
    query: t.string({ description: 'The document that was asked.', resolve: (_, __, context) => context.document }),
    variables: t.string({
      description: 'Its variables, as JSON.',
      resolve: (_, __, context) => JSON.stringify(context.variables),
    }),
  };
}

/** The union of an answer and `QueryRefused`. */
export function resultOf<Answer extends { kind: 'table' }>(
  name: string,
  answer: ObjectRef<typeof builder.$inferSchemaTypes, Answer>,
) {
  return builder.unionType(name, {
    description: 'An answer, or why there is none.',
    types: [answer, QueryRefused],
    resolveType: (value) => ((value as Answer | Refusal).kind === 'refused' ? QueryRefused : answer),
  });
}

export const SignificanceTest = builder.objectRef<SignificanceTestShape>('SignificanceTest').implement({
  description: 'A test of significance, or a measure of spread, with what it says in words.',
  fields: (t) => ({
    name: t.exposeString('name'),
    statistic: t.exposeFloat('statistic', { nullable: true }),
    df: t.exposeInt('df', { nullable: true, description: 'Degrees of freedom. Null for tests without them.' }),
    pValue: t.exposeFloat('pValue', { nullable: true }),
    display: t.exposeString('display'),
    statement: t.exposeString('statement'),
  }),
});

export const releaseArg = 'Version of a release; the current one when left out.';
