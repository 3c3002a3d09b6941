import type { FastifyInstance, FastifyReply } from 'fastify';
import { execute } from '../execution/execute.ts';
import { openAccount, type Account } from '../http/account.ts';
import { inLane } from '../http/in-lane.ts';
import { forAnHour } from '../http/private-answers.ts';
import type { Service } from '../http/service.ts';
import { everyone } from '../identity/asker.ts';
import { ofFile } from '../query/limits.ts';
import { formats } from './formats.ts';
import { isKept } from './index.ts';
import type { LinkedQuestion } from './links.ts';
import { citationOf, licenceOf } from './provenance.ts';
import { refuse, sendFile } from './send-file.ts';

/**
 * `/q/<id>` and `/q/<id>.csv`: a question of the public about one release, answered as it was then, by the same bytes for as long as that release is
 * kept. Whoever follows it, the answer is that of the public.
 */
export function registerPermalinks(app: FastifyInstance, service: Service): void {
  app.get('/q/:name', async (request, reply) => {
    await service.rate.check(request);
    const [id, format] = partsOf((request.params as { name: string }).name);
    const question = format === '' || formats[format] ? await service.links.find(id) : null;
    const refused = await whyNot(question, service, reply);
    if (refused || !question) return refused;
    const { document, variables, operationName, release } = question;
    const asked = { document, variables: { ...variables }, operationName };
    if (format === '') {
      const account = openAccount(request, { door: 'link', asked, asker: everyone, release });
      return inLane(service, request, reply, 'files', () => describe(service, account, reply, question, id));
    }
    return sendFile({ asked, release, format, shape: 'tidy' }, everyone, service, request, reply, forAnHour);
  });
}

/** `abc.csv` → `abc`, `csv`. */
function partsOf(name: string): [id: string, format: string] {
  const dot = name.indexOf('.');
  return dot < 0 ? [name, ''] : [name.slice(0, dot), name.slice(dot + 1)];
}

/** Says that there is no such question, or that its release is gone. */
async function whyNot(question: LinkedQuestion | null, service: Service, reply: FastifyReply): Promise<unknown> {
  if (!question) return refuse(reply, 'No question is kept under this address.', 404, 'NOT_FOUND');
  if (!(await isKept(service, question.release)))
    return refuse(
      reply,
      `These figures are of release ${question.release}, which is not kept any more. Ask the question again of the current release: ${JSON.stringify(question.document)}`,
      410,
      'GONE',
    );
  return null;
}

async function describe(
  service: Service,
  account: Account,
  reply: FastifyReply,
  question: LinkedQuestion,
  id: string,
): Promise<unknown> {
  const { document, variables, operationName, release } = question;
  const { answer, releases, cost } = await execute(
    service.engine,
    { document, variables: { ...variables }, ...(operationName === null ? {} : { operationName }) },
    everyone,
    service.releases,
    { pinned: release, extents: ofFile },
  );
  account.cost = cost;
  reply.header('cache-control', forAnHour);
  const link = `${service.publicAddress ?? ''}/q/${id}`;
  const provenance = { releases, audience: 'public', document, variables, link };
  return reply.type('application/json; charset=utf-8').send(
    `${JSON.stringify(
      {
        link,
        citation: citationOf(provenance),
        licence: licenceOf(provenance),
        release,
        query: document,
        variables,
        files: Object.fromEntries(Object.keys(formats).map((format) => [format, `${link}.${format}`])),
        ...answer,
      },
      null,
      2,
    )}\n`,
  );
}
