import type { AudienceRecord } from '../release/catalogue.ts';
import { noiseSd } from '../query/noise.ts';
import { noiseStatement } from '../query/words.ts';
import { builder } from './builder.ts';
import { Organisation } from './organisation.ts';

export const Audience = builder.objectRef<AudienceRecord>('Audience').implement({
  description: 'For whom figures were protected, and how.',
  fields: (t) => ({
    id: t.exposeString('id'),
    label: t.exposeString('label'),
    noiseSd: t.float({
      description: 'Standard deviation of the change made to one count.',
      resolve: (audience) => noiseSd(audience, 1),
    }),
    displayMinimum: t.exposeInt('displayMinimum', { description: 'Counts above zero and below this are never shown.' }),
    rateMinimum: t.exposeInt('rateMinimum', { description: 'Rates are shown when their base is at least this.' }),
    statement: t.string({ resolve: noiseStatement }),
  }),
});

interface Myself {
  audience: AudienceRecord;
  organisations: readonly string[];
}

const Me = builder.objectRef<Myself>('Me').implement({
  description:
    'Who is asking, as far as this service knows: the audience and, for employers’ own figures, the employers.',
  fields: (t) => ({
    audience: t.field({ type: Audience, resolve: (me) => me.audience }),
    organisations: t.field({
      type: [Organisation],
      description: 'The employers whose own figures the asker may see; none for the public and for trusted users.',
      resolve: async (me, _, context) => {
        const { catalogue } = await context.open(null);
        return me.organisations.flatMap((code) => catalogue.area('organisation', code) ?? []);
      },
    }),
    organisation: t.field({
      type: Organisation,
      nullable: true,
      deprecationReason: 'An asker may hold several: use `organisations`.',
      resolve: async (me, _, context) => {
        const [code, ...others] = me.organisations;
        return code && others.length === 0 ? (await context.open(null)).catalogue.area('organisation', code) : null;
      },
    }),
  }),
});

builder.queryField('me', (t) =>
  t.field({
    type: Me,
    description: 'Who is asking.',
    resolve: async (_, __, context) => ({
      audience: (await context.open(null)).catalogue.audience,
      organisations: context.asker.organisations,
    }),
  }),
);
