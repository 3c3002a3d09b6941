import type { ApolloServer } from '@apollo/server';
import { createApollo } from './apollo.ts';
import type { Asker } from '../identity/auth.ts';
import { Context } from '../query/context.ts';
import type { Releases } from '../release/releases.ts';

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

let engine: Promise<ApolloServer<Context>> | null = null;

/**
 * Answers one GraphQL document without a server, under the same limits and rules as over HTTP.
 *
 * `await execute('{ me { audience { id } } }', {}, everyone, releases)` → `{ answer: { data: { me: { audience: { id: 'public' } } } }, refusals: 0 }`
 */
export async function execute(
  document: string,
  variables: Record<string, unknown>,
  asker: Asker,
  releases: Releases,
  operationName?: string,
): Promise<Execution> {
  engine ??= start();
  const apollo = await engine;
  const contextValue = new Context(asker, releases, { document, variables });
  const { body } = await apollo.executeOperation({ query: document, variables, operationName }, { contextValue });
  await contextValue.done();
  if (body.kind !== 'single') throw new Error('answers are never sent in parts');
  return { answer: JSON.parse(JSON.stringify(body.singleResult)) as Answer, refusals: contextValue.spent.refusals };
}

async function start(): Promise<ApolloServer<Context>> {
  const apollo = createApollo();
  await apollo.start();
  return apollo;
}
