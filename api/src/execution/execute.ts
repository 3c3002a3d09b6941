import type { ApolloServer } from '@apollo/server';
import type { Asker } from '../identity/asker.ts';
import { Context } from '../query/context.ts';
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
 * `{ answer: { data: { me: { audience: { id: 'public' } } } }, refusals: 0 }`
 */
export async function execute(
  engine: ApolloServer<Context>,
  { document, variables, operationName }: Request,
  asker: Asker,
  releases: Releases,
): Promise<Execution> {
  const unfit = unfitRequest(document, variables);
  if (unfit) return { answer: { errors: [{ message: unfit.message, extensions: { code: unfit.code } }] }, refusals: 0 };
  const contextValue = new Context(asker, releases, { document, variables });
  const { body } = await engine.executeOperation({ query: document, variables, operationName }, { contextValue });
  await contextValue.done();
  if (body.kind !== 'single') throw new Error('answers are never sent in parts');
  return { answer: JSON.parse(JSON.stringify(body.singleResult)) as Answer, refusals: contextValue.spent.refusals };
}
