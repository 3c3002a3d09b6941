import { asks, type Ask } from '@ahp/sql/measure';
import { measures } from '@ahp/sql/registry';
import type { Catalogue as CatalogueModel, DimensionRecord, FeedRecord, PolicyRecord } from '../release/catalogue.ts';
import { dimensionById } from '../release/dimension.ts';
import { Break } from './break.ts';
import { builder } from './builder.ts';
import { enumCase, Grain, LevelEnum, NationEnum, Source } from './enums.ts';
import { Audience } from './me.ts';
import { Definition } from './measure.ts';
import { AreaRef, Category, Period } from './place.ts';
import { Release } from './release.ts';

const CatalogueDimension = builder.objectRef<DimensionRecord>('CatalogueDimension').implement({
  description: 'Something that answers may be split by.',
  fields: (t) => ({
    id: t.id({ description: 'As in `by`.', resolve: ({ id }) => enumCase(id) }),
    field: t.string({ description: 'As in `where` and in rows.', resolve: ({ id }) => dimensionById.get(id)!.field }),
    label: t.exposeString('label'),
    sensitive: t.exposeBoolean('sensitive'),
    protectedCharacteristic: t.exposeBoolean('protectedCharacteristic'),
    categories: t.field({ type: [Category], resolve: ({ categories }) => categories }),
  }),
});

const Policy = builder.objectRef<PolicyRecord>('Policy').implement({
  description: 'A table that is published: its dimensions, at one level and grain.',
  fields: (t) => ({
    grain: t.field({ type: Grain, resolve: ({ grain }) => grain }),
    level: t.field({ type: LevelEnum, resolve: ({ level }) => level }),
    dimensions: t.stringList({ resolve: ({ dimensions }) => dimensions.map(enumCase) }),
  }),
});

const Feed = builder.objectRef<FeedRecord>('Feed').implement({
  description: 'An official publication whose figures the release carries.',
  fields: (t) => ({
    id: t.exposeID('id'),
    title: t.exposeString('title'),
    publisher: t.exposeString('publisher'),
    licence: t.exposeString('licence'),
    url: t.exposeString('url', { nullable: true }),
    note: t.exposeString('note', { nullable: true }),
  }),
});

const AskRef = builder.objectRef<Ask>('Ask').implement({
  description: 'What the 2025 joint statement asks for.',
  fields: (t) => ({
    id: t.id({ resolve: (id) => id }),
    label: t.string({ resolve: (id) => asks[id] }),
    measures: t.field({ type: [Definition], resolve: (id) => measures.filter(({ ask }) => ask === id) }),
  }),
});

const Catalogue = builder.objectRef<CatalogueModel>('Catalogue').implement({
  description: 'What can be asked.',
  fields: (t) => ({
    release: t.field({ type: Release, resolve: (catalogue) => catalogue.release }),
    measures: t.field({
      type: [Definition],
      args: { subject: t.arg.string() },
      resolve: (_, { subject }) => measures.filter((measure) => !subject || measure.subject === subject),
    }),
    dimensions: t.field({ type: [CatalogueDimension], resolve: (catalogue) => catalogue.dimensions }),
    areas: t.field({
      type: [AreaRef],
      args: { level: t.arg({ type: LevelEnum }), nation: t.arg({ type: [NationEnum] }) },
      resolve: (catalogue, { level, nation }) =>
        (level ? catalogue.areasAt(level) : catalogue.areas).filter(
          (area) => !nation?.length || nation.includes(area.level === 'nation' ? area.code : (area.nation ?? '')),
        ),
    }),
    periods: t.field({
      type: [Period],
      description: 'Periods that the release holds, oldest first.',
      args: { grain: t.arg({ type: Grain }), source: t.arg({ type: Source }) },
      resolve: (catalogue, { grain, source }) =>
        catalogue
          .source(source ?? catalogue.defaultSource)
          .periods.filter((period) => !grain || period.grain === grain),
    }),
    policy: t.field({
      type: [Policy],
      args: { source: t.arg({ type: Source }) },
      resolve: (catalogue, { source }) => [...catalogue.source(source ?? catalogue.defaultSource).policy],
    }),
    audience: t.field({ type: Audience, resolve: (catalogue) => catalogue.audience }),
    breaks: t.field({
      type: [Break],
      description: 'Breaks in series, oldest first.',
      resolve: ({ breaks }) => [...breaks],
    }),
    feeds: t.field({ type: [Feed], resolve: (catalogue) => catalogue.feeds }),
    asks: t.field({ type: [AskRef], resolve: () => Object.keys(asks) as Ask[] }),
  }),
});

builder.queryField('catalogue', (t) =>
  t.field({
    type: Catalogue,
    nullable: true,
    description: 'What can be asked: measures, dimensions, areas, periods and the tables that are published.',
    args: { release: t.arg.string() },
    resolve: async (_, { release }, context) => (await context.open(release)).catalogue,
  }),
);
