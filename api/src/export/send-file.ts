import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { execute, type Execution } from '../execution/execute.ts';
import { openAccount, type Account } from '../http/account.ts';
import { etagOf, takeFrom } from '../http/answer-cache.ts';
import { isKnown } from '../http/etag.ts';
import { forAMinute } from '../http/private-answers.ts';
import { inLane } from '../http/in-lane.ts';
import type { AskedOverHttp } from '../http/request.ts';
import { versionOf, type Service } from '../http/service.ts';
import type { Asker } from '../identity/asker.ts';
import { ofFile } from '../query/limits.ts';
import { formats, type Shape } from './formats.ts';
import type { Provenance } from './provenance.ts';
import { fileNameOf } from './title.ts';
import { Unwritable } from './unwritable.ts';

/** What is asked for as a file: a question about a release (as if it were the current one), in a format and a shape. */
export interface FileWanted {
  asked: AskedOverHttp;
  release: string;
  format: string;
  shape: Shape;
}

/** Longest address that every browser and proxy takes. */
const longestAddress = 1800;
/** Cells of an answer that is kept in memory as a file. */
const keptCells = 5000;

/** Answers one question as a file, under the rules of a page; the answer to the same question about the same release is the same bytes. */
export async function sendFile(
  wanted: FileWanted,
  asker: Asker,
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
  keptFor: string = forAMinute,
): Promise<unknown> {
  const { asked, release, format, shape } = wanted;
  const etag = etagOf({ ...asked, ...asker, ...versionOf(service.releases), release, accept: shape, format });
  const account = openAccount(request, { door: format, asked, asker, release });
  reply.header('etag', etag).header('cache-control', keptFor).header('vary', 'authorization');
  if (isKnown(request.headers['if-none-match'], etag)) {
    account.answer = 'unchanged';
    return reply.code(304).send();
  }
  const cached = service.cache.get(etag);
  service.metrics.cache.inc({ hit: String(cached !== undefined) });
  if (cached) takeFrom(cached, account);
  if (cached)
    return reply
      .headers(cached.headers ?? {})
      .type(cached.contentType)
      .send(cached.body);
  return inLane(service, request, reply, 'files', () => makeFile(wanted, account, service, reply, etag));
}

async function makeFile(
  wanted: FileWanted,
  account: Account,
  service: Service,
  reply: FastifyReply,
  etag: string,
): Promise<unknown> {
  const { asked, release, format, shape } = wanted;
  const { asker } = account;
  const { contentType, extension, write } = formats[format]!;
  const { document, variables, operationName } = asked;
  const execution = await execute(
    service.engine,
    { document, variables, ...(operationName === null ? {} : { operationName }) },
    asker,
    service.releases,
    { pinned: release, extents: ofFile },
  );
  const { answer, refusals, tables, cost } = execution;
  account.cost = cost;
  account.refused = refusals;
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
  const provenance = await provenanceOf(wanted, execution, asker, service);
  const headers = {
    'content-disposition': `attachment; filename="${fileNameOf(tables, execution.releases)}.${extension}"`,
    ...(provenance.link ? { link: `<${provenance.link}>; rel="canonical"` } : {}),
  };
  try {
    const written = await write({ data: answer.data ?? {}, tables, provenance, shape });
    reply.headers(headers).type(contentType);
    if (typeof written !== 'string' && !Buffer.isBuffer(written) && cost.used > keptCells)
      return reply.send(Readable.from(written));
    const body = typeof written === 'string' || Buffer.isBuffer(written) ? written : [...written].join('');
    service.cache.set(etag, { body, contentType, headers, cost, refused: 0 });
    return reply.send(body);
  } catch (cause) {
    if (cause instanceof Unwritable) return refuse(reply, cause.message);
    throw cause;
  }
}

async function provenanceOf(
  { asked, release, format, shape }: FileWanted,
  { releases }: Execution,
  asker: Asker,
  service: Service,
): Promise<Provenance> {
  const { document, variables, operationName } = asked;
  const isPublic = asker.audience === 'public';
  const id = isPublic ? await service.links.keep({ document, variables, operationName, release }) : null;
  const whole = `/export.${format}?${new URLSearchParams({
    query: document,
    ...(Object.keys(variables).length > 0 ? { variables: JSON.stringify(variables) } : {}),
    ...(operationName === null ? {} : { operationName }),
    ...(shape === 'tidy' ? {} : { shape }),
    release,
  })}`;
  const path = id ? `/q/${id}` : isPublic && whole.length <= longestAddress ? whole : null;
  return {
    releases,
    audience: asker.audience,
    document,
    variables,
    link: path && `${service.publicAddress ?? ''}${path}`,
  };
}

/** One sentence about what is wrong with what was asked for. */
export function refuse(reply: FastifyReply, message: string, status = 400, code = 'BAD_REQUEST') {
  return reply
    .header('cache-control', 'no-store')
    .removeHeader('etag')
    .code(status)
    .send({ errors: [{ message, extensions: { code } }] });
}
