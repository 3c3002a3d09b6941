import { error } from '@sveltejs/kit';
import { AHP_API } from '$app/env/private';
import type { TadaDocumentNode } from 'gql.tada';
import { print } from 'graphql';

const patience = 15_000;

interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/**
 * Sends one document to the API and returns its data.
 * Throws the error page: 503 when the API cannot be reached, 502 when it answers with an error of its own.
 */
export async function askText<Data>(query: string, variables: Record<string, unknown>): Promise<Data> {
  const response = await fetch(`${AHP_API}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(patience),
  }).catch((cause: unknown) => {
    console.error(`The API at ${AHP_API} cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`);
    return error(503, 'The figures cannot be fetched at the moment.');
  });
  const answer = (await response.json().catch(() => ({}))) as Answer<Data>;
  const unknown = answer.errors?.find((one) => one.extensions?.code === 'UNKNOWN_RELEASE');
  if (unknown) error(404, 'There is no such release. The page “What changed” lists those there are.');
  const wrong = answer.errors?.find((one) => one.extensions?.code === 'OUT_OF_RANGE');
  if (wrong) error(400, wrong.message);
  if (answer.errors?.length || !answer.data) {
    console.error(
      `The API answered ${response.status}: ${answer.errors?.map((one) => one.message).join('; ') ?? 'no data'}`,
    );
    error(502, 'The service that holds the figures could not answer this question.');
  }
  return answer.data;
}

/** The same for a typed document. */
export function ask<Result, Variables extends Record<string, unknown>>(
  document: TadaDocumentNode<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  return askText<Result>(print(document), variables);
}

/** A root field of an answer; it is null only beside an error, for which `ask` has thrown already. */
export function present<Value>(value: Value | null): Value {
  return value ?? error(502, 'The service that holds the figures could not answer this question.');
}
