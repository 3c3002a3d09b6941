import { AHP_API } from '$app/env/private';

const patience = 15_000;

export interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Posts a document to the API, for whom `authorization` vouches. Throws when it cannot be reached. */
export async function send<Data>(
  query: string,
  variables: Record<string, unknown>,
  authorization: string | null,
): Promise<{ status: number; answer: Answer<Data> }> {
  const response = await fetch(`${AHP_API}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      ...(authorization ? { authorization } : {}),
    },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(patience),
  });
  return { status: response.status, answer: (await response.json().catch(() => ({}))) as Answer<Data> };
}
