import type { ReleaseRecord } from '../release/catalogue.ts';
import { notesOf } from '../news/notes.ts';
import { page, type Page } from '../query/page.ts';
import { qualityOf } from '../query/quality.ts';
import { builder } from './builder.ts';
import { connectionArgs, connectionOf } from './connection.ts';

export const Release = builder.objectRef<ReleaseRecord>('Release').implement({
  description: 'An immutable, versioned publication. A figure quoted with its version can be found again.',
  fields: (t) => ({
    version: t.exposeString('version'),
    title: t.exposeString('title'),
    publishedAt: t.field({ type: 'DateTime', resolve: (release) => release.publishedAt ?? release.createdAt }),
    createdAt: t.field({ type: 'DateTime', resolve: (release) => release.createdAt }),
    synthetic: t.exposeBoolean('synthetic', { description: 'True when its extracts are made up.' }),
    hasExtracts: t.exposeBoolean('hasExtracts'),
    hasPublished: t.exposeBoolean('hasPublished'),
    codeVersion: t.exposeString('codeVersion'),
    citation: t.exposeString('citation'),
    licence: t.exposeString('licence'),
    notes: t.string({
      description: 'What it holds and what changed against the release before, in prose.',
      resolve: async (release, _, context) => {
        const open = await context.open(release.version);
        return notesOf(release, (await qualityOf(open.others)).changes);
      },
    }),
    current: t.boolean({ resolve: (release, _, context) => context.isCurrent(release.version) }),
  }),
});

const ReleaseConnection = connectionOf('Release', Release);

builder.queryField('releases', (t) =>
  t.field({
    type: ReleaseConnection,
    nullable: true,
    description: 'Every release that is kept, newest first.',
    args: connectionArgs(t, 20),
    resolve: async (_, args, context): Promise<Page<ReleaseRecord>> =>
      page(await context.releases.all(context.asker), ({ version }) => version, args),
  }),
);

builder.queryField('release', (t) =>
  t.field({
    type: Release,
    nullable: true,
    description: 'One release by its version; null when there is none.',
    args: { version: t.arg.string({ required: true }) },
    resolve: async (_, { version }, context) => (await context.find(version))?.catalogue.release ?? null,
  }),
);
