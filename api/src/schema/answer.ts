import type { AudienceRecord, ReleaseRecord } from '../release/catalogue.ts';
import type { Warning } from '../query/table.ts';
import { builder } from './builder.ts';
import { Audience } from './me.ts';
import { Release } from './release.ts';
import { WarningRef } from './table.ts';

/** What every answer with figures says of itself, whatever it is made of. */
export interface AnswerShape {
  open: { catalogue: { release: ReleaseRecord; audience: AudienceRecord } };
  warnings: Warning[];
  cost: number;
}

/** One fragment on it serves every root field that answers with figures. */
export const Answer = builder.interfaceRef<AnswerShape>('Answer').implement({
  description: 'An answer with figures: where they come from and what to know before using them.',
  fields: (t) => ({
    release: t.field({ type: Release, resolve: ({ open }) => open.catalogue.release }),
    audience: t.field({ type: Audience, resolve: ({ open }) => open.catalogue.audience }),
    warnings: t.field({ type: [WarningRef], resolve: ({ warnings }) => warnings }),
    cost: t.exposeInt('cost', { description: 'Cells that the answer was made of.' }),
    query: t.string({ description: 'The document that was asked.', resolve: (_, __, context) => context.document }),
    variables: t.string({
      description: 'Its variables, as JSON.',
      resolve: (_, __, context) => JSON.stringify(context.variables),
    }),
  }),
});
