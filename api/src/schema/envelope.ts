import type { ObjectRef } from '@pothos/core';
import type { AreaRecord } from '../release/catalogue.ts';
import type { OpenRelease } from '../release/open-release.ts';
import type { Refusal } from '../query/refusal.ts';
import type { Warning } from '../query/table.ts';
import type { SignificanceTest as SignificanceTestShape } from '../statistics/test-result.ts';
import { builder } from './builder.ts';
import { AreaRef } from './place.ts';
import { QueryRefused } from './refusal.ts';

/** What every answer of a statistic carries. */
export interface Envelope {
  open: OpenRelease;
  area: AreaRecord;
  warnings: Warning[];
  statement: string;
  cost: number;
}

/** The fields that every answer of a statistic has besides those of `Answer`: whom it is about, and what it shows. */
export function envelopeFields<Shape extends Envelope>(
  t: PothosSchemaTypes.ObjectFieldBuilder<typeof builder.$inferSchemaTypes, Shape>,
) {
  return {
    area: t.field({ type: AreaRef, description: 'The place that was asked about.', resolve: ({ area }) => area }),
    statement: t.string({ description: 'What it is, or shows, in words.', resolve: ({ statement }) => statement }),
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
