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
  organisation: string | null;
}

const Me = builder.objectRef<Myself>('Me').implement({
  description:
    'Who is asking, as far as this service knows: the audience and, for an employer’s own figures, the employer.',
  fields: (t) => ({
    audience: t.field({ type: Audience, resolve: (me) => me.audience }),
    organisation: t.field({
      type: Organisation,
      nullable: true,
      resolve: async (me, _, context) =>
        me.organisation ? (await context.open(null)).catalogue.area('organisation', me.organisation) : null,
    }),
  }),
});

builder.queryField('me', (t) =>
  t.field({
    type: Me,
    description: 'Who is asking.',
    resolve: async (_, __, context) => ({
      audience: (await context.open(null)).catalogue.audience,
      organisation: context.asker.organisation,
    }),
  }),
);
