import type { FastifyRequest } from 'fastify';

export interface AskedOverHttp {
  document: string;
  variables: Record<string, unknown>;
  operationName: string | null;
}

/** The question in a request, or null when there is none that could be answered; Apollo says what is wrong with it. */
export function askedOf(request: FastifyRequest): AskedOverHttp | null {
  const from = (request.method === 'GET' ? request.query : request.body) as Record<string, unknown> | null;
  if (!from || typeof from !== 'object' || typeof from.query !== 'string') return null;
  const variables = typeof from.variables === 'string' ? parsed(from.variables) : (from.variables ?? {});
  if (!variables || typeof variables !== 'object' || Array.isArray(variables)) return null;
  const { extensions, operationName: name } = from;
  if (extensions !== undefined && extensions !== null && (typeof extensions !== 'object' || Array.isArray(extensions)))
    return null;
  if (name !== undefined && name !== null && typeof name !== 'string') return null;
  return { document: from.query, variables: variables as Record<string, unknown>, operationName: name ?? null };
}

function parsed(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return null;
  }
}

/** Only requests that pass Apollo’s protection against cross-site requests are answered from the cache. */
export function mayBeCached({ method, headers }: FastifyRequest): boolean {
  const json = headers['content-type']?.startsWith('application/json') ?? false;
  return method === 'POST'
    ? json
    : json || headers['apollo-require-preflight'] !== undefined || headers['x-apollo-operation-name'] !== undefined;
}
