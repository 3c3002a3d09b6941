import { tallies, type Tally } from '@ahp/sql/tally';
import type { BreakRecord } from '../release/catalogue.ts';
import { breakText } from '../query/breaks.ts';
import { builder } from './builder.ts';
import { AreaRef } from './place.ts';

export const Break = builder.objectRef<BreakRecord>('Break').implement({
  description:
    'A day from which some tallies are counted in another way. It touches measures made of them, in its nation and wherever that nation is part.',
  fields: (t) => ({
    from: t.field({ type: 'Date', resolve: ({ from }) => from }),
    nation: t.field({
      type: AreaRef,
      nullable: true,
      description: 'Null: every nation, or the organisations that the label names.',
      resolve: ({ nation }) => nation,
    }),
    label: t.exposeString('label', { description: 'What changed, in a few words.' }),
    meaning: t.exposeString('meaning', { description: 'What that means for figures before and after.' }),
    statement: t.string({ description: 'Where, what and when in one line.', resolve: breakText }),
    source: t.exposeString('source'),
    tallies: t.idList({
      description: 'Tallies that are counted in another way.',
      resolve: ({ tallies: touched }) => (Object.keys(tallies) as Tally[]).filter((id) => touched.has(id)),
    }),
  }),
});
