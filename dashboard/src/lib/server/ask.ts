import { error } from '@sveltejs/kit';
import { AHP_API } from '$app/env/private';
import { getRequestEvent } from '$app/server';
import type { TadaDocumentNode } from 'gql.tada';
import { print } from 'graphql';
import { asksAsViewer, isOwnPage, organisationOf } from './identity/asking-as.ts';
import { send } from './send.ts';

type Variables = Record<string, unknown>;

/** Whether a question with these variables is asked as the reader who has signed in, or as the public. */
export function asViewer(variables: Variables): boolean {
  const event = getRequestEvent();
  const { viewer } = event.locals;
  return asksAsViewer(viewer, isOwnPage(viewer, organisationOf(event)), variables);
}

/** Whether what a page shows beside its answers, such as the catalogue, is the reader's own. */
export function asPage(): boolean {
  const event = getRequestEvent();
  const { viewer } = event.locals;
  return isOwnPage(viewer, organisationOf(event)) || asksAsViewer(viewer, false, {});
}

/**
 * Sends one document to the API, as the reader who has signed in or as the public, and returns its data.
 * Throws the error page: 503 when the API cannot be reached, 502 when it answers with an error of its own.
 */
export async function askText<Data>(
  query: string,
  variables: Variables,
  signedIn = asViewer(variables),
): Promise<Data> {
  const authorization = signedIn ? await getRequestEvent().locals.authorization() : null;
  const { status, answer } = await send<Data>(query, variables, authorization).catch((cause: unknown) => {
    console.error(`The API at ${AHP_API} cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`);
    return error(503, 'The figures cannot be fetched at the moment.');
  });
  const unknown = answer.errors?.find((one) => one.extensions?.code === 'UNKNOWN_RELEASE');
  if (unknown) error(404, 'There is no such release. The page “What changed” lists those there are.');
  const wrong = answer.errors?.find((one) => one.extensions?.code === 'OUT_OF_RANGE');
  if (wrong) error(400, wrong.message);
  if (answer.errors?.length || !answer.data) {
    console.error(`The API answered ${status}: ${answer.errors?.map((one) => one.message).join('; ') ?? 'no data'}`);
    error(502, 'The service that holds the figures could not answer this question.');
  }
  return answer.data;
}

/** The same for a typed document. */
export function ask<Result, Given extends Variables>(
  document: TadaDocumentNode<Result, Given>,
  variables: Given,
  signedIn = asViewer(variables),
): Promise<Result> {
  return askText<Result>(print(document), variables, signedIn);
}

/** A root field of an answer; it is null only beside an error, for which `ask` has thrown already. */
export function present<Value>(value: Value | null): Value {
  return value ?? error(502, 'The service that holds the figures could not answer this question.');
}
