import type { ApolloServer } from '@apollo/server';
import type { Asker } from '../identity/asker.ts';
import { Context, costOf, type Answered } from '../query/context.ts';
import type { Extents } from '../query/limits.ts';
import type { ReleaseRecord } from '../release/catalogue.ts';
import type { Releases } from '../release/releases.ts';
import { unfitRequest } from './unfit.ts';

/** One question: a GraphQL document, its variables and which of its operations is meant. */
export interface Request {
  document: string;
  variables: Record<string, unknown>;
  operationName?: string;
}

export interface Execution {
  answer: Answer;
  /** How many of its questions were refused, whether or not the document asks why. */
  refusals: number;
  /** Cells that were asked for, and those that the answer was made of. */
  cost: { requested: number; used: number };
  /** The tables of the answer, as they were before they became JSON: what files are made of. */
  tables: readonly Answered[];
  /** The releases that were read for it. */
  releases: readonly ReleaseRecord[];
}

/** The JSON that a GraphQL server answers with. */
export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: readonly { message: string; path?: readonly (string | number)[]; extensions?: Record<string, unknown> }[];
}

/**
 * Answers one GraphQL document without HTTP, by the engine that answers over HTTP: the same limits and rules.
 *
 * `await execute(engine, { document: '{ me { audience { id } } }', variables: {} }, everyone, releases)` →
 * `{ answer: { data: { me: { audience: { id: 'public' } } } }, refusals: 0, … }`
 */
export async function execute(
  engine: ApolloServer<Context>,
  { document, variables, operationName }: Request,
  asker: Asker,
  releases: Releases,
  setting: { pinned?: string | null; extents?: Extents } = {},
): Promise<Execution> {
  const unfit = unfitRequest(document, variables);
  if (unfit)
    return {
      answer: { errors: [{ message: unfit.message, extensions: { code: unfit.code } }] },
      refusals: 0,
      cost: { requested: 0, used: 0 },
      tables: [],
      releases: [],
    };
  const contextValue = new Context(asker, releases, { document, variables }, setting);
  const { body } = await engine.executeOperation({ query: document, variables, operationName }, { contextValue });
  await contextValue.done();
  if (body.kind !== 'single') throw new Error('answers are never sent in parts');
  const { refusals } = contextValue.spent;
  return {
    answer: JSON.parse(JSON.stringify(body.singleResult)) as Answer,
    refusals,
    cost: costOf(contextValue),
    tables: contextValue.tables,
    releases: [...contextValue.read.values()],
  };
}
