import type { AreaRecord } from '../release/catalogue.ts';
import { page, type Page } from '../query/page.ts';
import { findOrganisations } from '../query/organisations.ts';
import { predecessorsOf } from '../query/succession.ts';
import { builder } from './builder.ts';
import { connectionArgs, connectionOf } from './connection.ts';
import { NationEnum } from './enums.ts';
import { AreaRef } from './place.ts';

export const Organisation = builder.objectRef<AreaRecord>('Organisation').implement({
  description: 'An employer, such as an NHS trust or a health board.',
  fields: (t) => ({
    code: t.exposeID('code', {
      description: 'ODS code, or ours (SCOT-, WALES-, NI-) where the official one was not verified.',
    }),
    label: t.exposeString('label'),
    labelCy: t.exposeString('labelCy', { nullable: true }),
    kind: t.exposeString('kind', { nullable: true }),
    sizeBand: t.exposeString('sizeBand', { nullable: true }),
    nation: t.field({ type: AreaRef, nullable: true, resolve: (area) => area.within('nation') }),
    region: t.field({ type: AreaRef, nullable: true, resolve: (area) => area.within('region') }),
    system: t.field({ type: AreaRef, nullable: true, resolve: (area) => area.within('system') }),
    validFrom: t.field({ type: 'Date', nullable: true, resolve: (area) => area.validFrom }),
    validTo: t.field({ type: 'Date', nullable: true, resolve: (area) => area.validTo }),
    successor: t.exposeString('successor', {
      nullable: true,
      description: 'Code of the organisation that took over. Null where none did.',
    }),
    predecessors: t.field({
      type: [AreaRef],
      description: 'Those it took over from; `organisationView: AS_OF_TODAY` adds their published figures to its own.',
      resolve: async (area, _, context) => predecessorsOf(area, (await context.open(null)).catalogue),
    }),
    area: t.field({ type: AreaRef, resolve: (area) => area }),
  }),
});

const OrganisationConnection = connectionOf('Organisation', Organisation);

builder.queryField('organisations', (t) =>
  t.field({
    type: OrganisationConnection,
    nullable: true,
    description: 'Employers by name or code, in order of name.',
    args: {
      search: t.arg.string({ description: 'Words of the name, or a code.' }),
      nation: t.arg({ type: [NationEnum] }),
      region: t.arg.stringList(),
      system: t.arg.stringList(),
      release: t.arg.string(),
      ...connectionArgs(t, 20),
    },
    resolve: async (_, args, context): Promise<Page<AreaRecord>> => {
      const { catalogue } = await context.open(args.release);
      return page(findOrganisations(catalogue, args), ({ code }) => code, args);
    },
  }),
);

builder.queryField('organisation', (t) =>
  t.field({
    type: Organisation,
    nullable: true,
    description: 'One employer by its code; null when there is none.',
    args: { code: t.arg.id({ required: true }), release: t.arg.string() },
    resolve: async (_, { code, release }, context) =>
      (await context.open(release)).catalogue.area('organisation', String(code)),
  }),
);
