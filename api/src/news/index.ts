import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { execute } from '../execution/execute.ts';
import { refuse } from '../export/send-file.ts';
import { openAccount } from '../http/account.ts';
import { etagOf } from '../http/answer-cache.ts';
import { isKnown } from '../http/etag.ts';
import { inLane } from '../http/in-lane.ts';
import { forAMinute } from '../http/private-answers.ts';
import { versionOf, type Service } from '../http/service.ts';
import { everyone } from '../identity/asker.ts';
import { atomOf } from './atom.ts';
import { calendarOf } from './calendar.ts';
import { newsFileName, newsOrNone, type News } from './news-file.ts';

/** Releases that a feed tells of. */
const told = 20;
const releasesDocument = `{ releases(first: ${told}) { nodes { version title publishedAt citation notes } } }`;
const signalsDocument =
  'query($id: ID!, $code: String!) { releases(first: 1) { nodes { publishedAt } } organisation(code: $id) { label } signals(where: { organisation: [$code] }) { ... on SignalsTable { release { version publishedAt citation } signals { measure { id title } kind period { end label } severity statement figure { display } } } ... on QueryRefused { message } } }';

interface Told {
  version: string;
  title: string;
  publishedAt: string;
  citation: string;
  notes: string;
}
interface Signals {
  release: Told;
  signals: {
    measure: { id: string; title: string };
    kind: string;
    period: { end: string; label: string };
    severity: string;
    statement: string;
    figure: { display: string };
  }[];
}

/**
 * News for feed readers and calendars, of what the public may see: `/feeds/releases.atom`, `/feeds/signals/<organisation>.atom`, `/releases.ics`. What is
 * in them is asked as anybody would ask it, so nothing that is not published is there; dates to come are those that the publisher announced.
 */
export function registerNews(app: FastifyInstance, service: Service): void {
  const address = (path: string) => `${service.publicAddress ?? ''}${path}`;
  const atom = 'application/atom+xml; charset=utf-8';
  app.get('/feeds/releases.atom', (request, reply) =>
    send(service, request, reply, { name: 'releases.atom', type: atom }, releasesDocument, {}, (data, news) => {
      const { nodes } = data.releases as { nodes: Told[] };
      return atomOf({
        id: 'urn:ahp-support-workforce:releases',
        title: 'AHP support workforce: releases',
        self: address('/feeds/releases.atom'),
        updated: nodes[0]!.publishedAt,
        entries: nodes.map(({ version, publishedAt, notes, citation }) => ({
          id: `urn:ahp-support-workforce:release:${version}`,
          title: `Release ${version}`,
          updated: publishedAt,
          text: [notes, ...whyOf(news, version), citation].join('\n\n'),
        })),
      });
    }),
  );
  app.get('/feeds/signals/:name', (request, reply) => {
    const code = /^([\w-]{1,40})\.atom$/.exec((request.params as { name: string }).name)?.[1];
    if (!code) return refuse(reply, 'A feed of signals is /feeds/signals/CODE.atom.', 404, 'NOT_FOUND');
    return send(
      service,
      request,
      reply,
      { name: 'signals.atom', type: atom },
      signalsDocument,
      { id: code, code },
      (data) => {
        const organisation = data.organisation as { label: string } | null;
        if (!organisation) return null;
        const { release, signals = [] } = data.signals as Partial<Signals>;
        return atomOf({
          id: `urn:ahp-support-workforce:signals:${code}`,
          title: `AHP support workforce: what stands out at ${organisation.label}`,
          self: address(`/feeds/signals/${code}.atom`),
          updated: (data.releases as { nodes: Told[] }).nodes[0]!.publishedAt,
          entries: signals.map(({ measure, kind, period, statement, severity, figure }) => ({
            id: `urn:ahp-support-workforce:signal:${code}:${measure.id}:${kind}:${period.end}:${release!.version}`,
            title: `${measure.title}: ${figure.display}, ${period.label}`,
            updated: release!.publishedAt,
            text: `${statement}\n\nSeverity: ${severity.toLowerCase()}. ${release!.citation}`,
          })),
        });
      },
    );
  });
  app.get('/releases.ics', (request, reply) =>
    send(
      service,
      request,
      reply,
      { name: 'releases.ics', type: 'text/calendar; charset=utf-8' },
      releasesDocument,
      {},
      (data, news) => {
        const { nodes } = data.releases as { nodes: Told[] };
        const latest = nodes[0]!.publishedAt;
        return calendarOf('AHP support workforce: releases', [
          ...nodes.map(({ version, publishedAt, notes }) => ({
            uid: `release-${version}@ahp-support-workforce`,
            at: publishedAt,
            stamp: publishedAt,
            title: `Release ${version}`,
            text: [notes, ...whyOf(news, version)].join('\n\n'),
            provisional: false,
          })),
          ...news.dates
            .filter(({ at }) => at > latest)
            .map(({ at, title, provisional }) => ({
              uid: `date-${at}@ahp-support-workforce`,
              at,
              stamp: latest,
              title,
              text: provisional ? 'The day may still change.' : 'Announced.',
              provisional,
            })),
        ]);
      },
    ),
  );
}

/** The publisher’s own note on a release, if there is one. */
const whyOf = ({ notes }: News, version: string) => (notes[version] ? [notes[version].trim()] : []);

async function send(
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
  { name, type }: { name: string; type: string },
  document: string,
  variables: Record<string, unknown>,
  write: (data: Record<string, unknown>, news: News) => string | null,
): Promise<unknown> {
  await service.rate.check(request);
  const asked = { document, variables, operationName: null };
  const version = versionOf(service.releases);
  const account = openAccount(request, { door: name, asked, asker: everyone, release: version.release });
  const news = newsOrNone(join(service.releases.data, newsFileName));
  const etag = etagOf({ ...asked, ...everyone, ...version, accept: JSON.stringify(news), format: name });
  reply.header('etag', etag).header('cache-control', forAMinute);
  if (isKnown(request.headers['if-none-match'], etag)) {
    account.answer = 'unchanged';
    return reply.code(304).send();
  }
  return inLane(service, request, reply, 'heavy', async () => {
    const { answer, cost } = await execute(service.engine, { document, variables }, everyone, service.releases);
    account.cost = cost;
    const text = answer.data && write(answer.data, news);
    if (text === null || text === undefined)
      return refuse(reply, 'There is no such organisation in the current release.', 404, 'NOT_FOUND');
    return reply.type(type).send(text);
  });
}
