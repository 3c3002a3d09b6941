import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { etagOf } from '../http/answer-cache.ts';
import { execute, type Answer } from '../execution/execute.ts';
import { inLane } from '../http/in-lane.ts';
import { versionOf, type Service } from '../http/service.ts';
import { csvOf } from './csv.ts';
import { parquetOf, SeveralTables } from './parquet.ts';
import { tablesIn } from './tables.ts';

/** One way of writing an answer to a file. Add a format here and it has its own address. */
interface Format {
  contentType: string;
  write: (answer: Answer) => string | Promise<Buffer>;
}

const formats: Record<string, Format> = {
  csv: { contentType: 'text/csv; charset=utf-8', write: (answer) => csvOf(tablesIn(answer.data ?? {})) },
  json: {
    contentType: 'application/json; charset=utf-8',
    write: (answer) => `${JSON.stringify(answer.data, null, 2)}\n`,
  },
  parquet: {
    contentType: 'application/vnd.apache.parquet',
    write: (answer) => parquetOf(tablesIn(answer.data ?? {})),
  },
};

/** `/export.csv?query=…&variables=…` and its siblings: the answer to any question as a file, under the same rules as on a page. */
export function registerExports(app: FastifyInstance, service: Service): void {
  for (const [name, format] of Object.entries(formats))
    app.get(`/export.${name}`, (request, reply) =>
      inLane(service, request, reply, () => send(request, reply, service, name, format)),
    );
}

async function send(
  request: FastifyRequest,
  reply: FastifyReply,
  service: Service,
  name: string,
  { contentType, write }: Format,
) {
  const asker = await service.askerOf(request);
  const { query, variables: text } = request.query as Record<string, unknown>;
  if (typeof query !== 'string') return refuse(reply, 'Give the question as ?query=…');
  const variables = variablesOf(text);
  if (!variables) return refuse(reply, 'The variables are not a JSON object.');
  const key = {
    document: query,
    variables,
    operationName: null,
    ...asker,
    ...versionOf(service.releases),
    accept: '',
    format: name,
  };
  const etag = etagOf(key);
  reply.header('etag', etag).header('cache-control', 'no-cache').header('vary', 'authorization');
  const cached = service.cache.get(etag);
  if (request.headers['if-none-match'] === etag) return reply.code(304).send();
  if (cached) return file(reply, name, service).type(contentType).send(cached.body);
  const { answer, refusals } = await execute(service.engine, { document: query, variables }, asker, service.releases);
  if (answer.errors?.length) return refuse(reply, answer.errors.map(({ message }) => message).join(' '));
  if (refusals > 0)
    return reply.code(422).send({
      errors: [
        {
          message: 'The question is refused: ask for code, message and alternatives to see why.',
          extensions: { code: 'REFUSED' },
        },
      ],
      data: answer.data,
    });
  let body: string | Buffer;
  try {
    body = await write(answer);
  } catch (cause) {
    if (cause instanceof SeveralTables) return refuse(reply, cause.message);
    throw cause;
  }
  service.cache.set(etag, { body, contentType });
  return file(reply, name, service).type(contentType).send(body);
}

const file = (reply: FastifyReply, name: string, { releases }: Service) =>
  reply.header(
    'content-disposition',
    `attachment; filename="ahp-support-workforce-${releases.current.replace(/[^\w.-]/g, '')}.${name}"`,
  );

function refuse(reply: FastifyReply, message: string) {
  return reply.code(400).send({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
}

function variablesOf(text: unknown): Record<string, unknown> | null {
  if (text === undefined || text === '') return {};
  try {
    const value: unknown = JSON.parse(String(text));
    return value && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
