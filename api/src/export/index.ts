import type { FastifyInstance } from 'fastify';
import { unfitRequest } from '../execution/unfit.ts';
import { askedOf } from '../http/request.ts';
import type { Service } from '../http/service.ts';
import { formats, shapes, type Shape } from './formats.ts';
import { refuse, sendFile } from './send-file.ts';

/**
 * `/export.csv?query=…&variables=…` and its siblings: the answer to any question as a file, under the same rules as on a page. `release` asks as if it
 * were the current one; `shape` is `tidy` or `asked`. Long questions come as JSON by POST.
 */
export function registerExports(app: FastifyInstance, service: Service): void {
  for (const format of Object.keys(formats))
    app.route({
      method: ['GET', 'POST'],
      url: `/export.${format}`,
      handler: async (request, reply) => {
        const asker = await service.askerOf(request);
        await service.rate.check(request);
        const asked = askedOf(request);
        if (!asked)
          return refuse(reply, 'Give the question as ?query=…, and its variables as ?variables=… with a JSON object.');
        const unfit = unfitRequest(asked.document, asked.variables);
        if (unfit) return refuse(reply, unfit.message, 400, unfit.code);
        const { shape = 'tidy', release = service.releases.current } = request.query as Record<string, string>;
        if (!shapes.includes(shape as Shape)) return refuse(reply, 'The shape is tidy or asked.');
        if (!(await isKept(service, release)))
          return refuse(reply, 'There is no such release: `releases` lists those there are.');
        return sendFile({ asked, release, format, shape: shape as Shape }, asker, service, request, reply);
      },
    });
}

/** Whether a release can still be asked for. */
export async function isKept({ releases }: Pick<Service, 'releases'>, release: unknown): Promise<boolean> {
  if (typeof release !== 'string') return false;
  const held = await releases.acquire(release, { audience: 'public', organisations: [] }).catch(() => null);
  held?.done();
  return held !== null;
}
