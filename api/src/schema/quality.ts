import type { ChangeRecord, QualityRecord } from '../release/catalogue.ts';
import type { OpenRelease } from '../release/open-release.ts';
import { qualityOf } from '../query/quality.ts';
import { displayed } from '../query/words.ts';
import { builder } from './builder.ts';
import { Quantity, type QuantityValue } from './quantity.ts';
import { Release } from './release.ts';

const QualityEntry = builder.objectRef<QualityRecord & { areaLabel: string | null }>('QualityEntry').implement({
  description: 'One statement about the data of a release, such as the coverage of an extract.',
  fields: (t) => ({
    section: t.exposeString('section'),
    item: t.exposeString('item'),
    area: t.exposeString('area', {
      nullable: true,
      description: 'Code of a place, or of a publication. Null when the entry is about neither.',
    }),
    areaLabel: t.exposeString('areaLabel', { nullable: true }),
    periodEnd: t.field({ type: 'Date', nullable: true, resolve: (entry) => entry.periodEnd }),
    value: t.field({
      type: Quantity,
      nullable: true,
      description:
        'How much or how many: a share, rows, months, organisations, people or a count. Null where it is no number.',
      resolve: ({ value, unit }) => (value === null ? null : quantityOf(value, unit ?? 'count')),
    }),
    alert: t.boolean({ description: 'Whether a person should check it.', resolve: ({ alert }) => alert ?? false }),
    note: t.exposeString('note', { nullable: true }),
  }),
});

/** A value of the quality of data as it is printed: shares as percentages. */
const quantityOf = (value: number, unit: string): QuantityValue => ({
  value,
  unit,
  display: displayed(value, unit === 'share' ? 'percent' : 'people', null),
  interval: null,
});

const Change = builder.objectRef<ChangeRecord>('Change').implement({
  description: 'What changed against the release before.',
  fields: (t) => ({
    kind: t.exposeString('kind'),
    subject: t.exposeString('subject'),
    detail: t.exposeString('detail'),
  }),
});

const Quality = builder.objectRef<{ open: OpenRelease }>('Quality').implement({
  description: 'How good the data of a release is.',
  fields: (t) => ({
    release: t.field({ type: Release, resolve: ({ open }) => open.catalogue.release }),
    sections: t.stringList({
      resolve: async ({ open }) => [...new Set((await qualityOf(open)).entries.map(({ section }) => section))],
    }),
    entries: t.field({
      type: [QualityEntry],
      args: { section: t.arg.string(), first: t.arg.int({ defaultValue: 1000 }) },
      resolve: async ({ open }, { section, first }) =>
        (await qualityOf(open)).entries
          .filter((entry) => !section || entry.section === section)
          .slice(0, Math.max(0, Math.min(first ?? 1000, 5000))),
    }),
    changes: t.field({ type: [Change], resolve: async ({ open }) => (await qualityOf(open)).changes }),
  }),
});

builder.queryField('quality', (t) =>
  t.field({
    type: Quality,
    nullable: true,
    description: 'Coverage, unknown shares, rejected rows, residuals and staleness of a release.',
    args: { release: t.arg.string() },
    resolve: async (_, { release }, context) => ({ open: await context.open(release) }),
  }),
);
