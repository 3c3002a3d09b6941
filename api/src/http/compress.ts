import { Stream, type Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { encodingFor, etagIn, type Encoding } from './etag.ts';
import type { Service } from './service.ts';

/** Bytes from which an answer is worth compressing. */
const worthwhile = 1024;
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
const whole: Record<Encoding, (bytes: Buffer) => Promise<Buffer>> = {
  br: (bytes) => promisify(brotliCompress)(bytes, quality),
  gzip: (bytes) => promisify(gzip)(bytes, { level: 6 }),
};
const piece: Record<Encoding, () => NodeJS.ReadWriteStream> = {
  br: () => createBrotliCompress(quality),
  gzip: () => createGzip({ level: 6 }),
};
/** Formats that are not compressed already. */
const text = /^(text\/|application\/(json|graphql-response\+json|atom\+xml))/;

/** Sends answers compressed to who takes them so, each compressed once for as long as it is kept. */
export function compressAnswers(app: FastifyInstance, { cache }: Service): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (!text.test(String(reply.getHeader('content-type') ?? ''))) return payload;
    addVary(reply, 'accept-encoding');
    const encoding = encodingFor(request.headers['accept-encoding']);
    if (!encoding || reply.hasHeader('content-encoding') || reply.statusCode === 304) return payload;
    if (payload instanceof Stream) {
      mark(reply, encoding);
      return (payload as Readable).pipe(piece[encoding]());
    }
    if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
    const bytes = Buffer.from(payload);
    if (bytes.length < worthwhile) return payload;
    const etag = reply.getHeader('etag');
    const key = typeof etag === 'string' ? etagIn(etag, encoding) : null;
    mark(reply, encoding);
    const known = key === null ? undefined : cache.get(key);
    if (known) return known.body;
    const body = await whole[encoding](bytes);
    if (key !== null && reply.statusCode === 200) cache.set(key, { body, contentType: '' });
    return body;
  });
}

function mark(reply: FastifyReply, encoding: Encoding): void {
  const etag = reply.getHeader('etag');
  reply.header('content-encoding', encoding).removeHeader('content-length');
  if (typeof etag === 'string') reply.header('etag', etagIn(etag, encoding));
}

/** Adds a header that the answer depends on. */
export function addVary(reply: FastifyReply, name: string): void {
  const names = String(reply.getHeader('vary') ?? '')
    .split(/\s*,\s*/)
    .filter(Boolean);
  if (!names.includes(name)) reply.header('vary', [...names, name].join(', '));
}
