import type { AreaRecord, CategoryRecord, PeriodRecord } from '../release/catalogue.ts';
import { builder } from './builder.ts';
import { Grain, LevelEnum } from './enums.ts';

export const Category = builder.objectRef<CategoryRecord>('Category').implement({
  description: 'One category of a dimension. “Not recorded” is a category of its own.',
  fields: (t) => ({
    code: t.exposeString('code', {
      description: 'As in the data; a filter takes it in upper case where it is an enum.',
    }),
    label: t.exposeString('label'),
    labelCy: t.exposeString('labelCy', {
      nullable: true,
      description: 'The label in Welsh. Null where there is none.',
    }),
  }),
});

export const AreaRef = builder.objectRef<AreaRecord>('Area');
AreaRef.implement({
  description: 'A place or an employer; or several of them, where an answer adds them up.',
  fields: (t) => ({
    level: t.field({ type: LevelEnum, resolve: (area) => area.level }),
    code: t.exposeString('code'),
    label: t.exposeString('label'),
    labelCy: t.exposeString('labelCy', {
      nullable: true,
      description: 'The label in Welsh. Null where there is none.',
    }),
    kind: t.exposeString('kind', {
      nullable: true,
      description: 'Kind of employer. Null for other areas, and where it is not known.',
    }),
    nation: t.field({ type: AreaRef, nullable: true, resolve: (area) => area.within('nation') }),
    region: t.field({ type: AreaRef, nullable: true, resolve: (area) => area.within('region') }),
    system: t.field({ type: AreaRef, nullable: true, resolve: (area) => area.within('system') }),
  }),
});

export const Period = builder.objectRef<PeriodRecord>('Period').implement({
  description: 'A period by its last day.',
  fields: (t) => ({
    grain: t.field({ type: Grain, resolve: (period) => period.grain }),
    start: t.field({ type: 'Date', nullable: true, resolve: (period) => period.start }),
    end: t.field({ type: 'Date', resolve: (period) => period.end }),
    label: t.exposeString('label'),
    provisional: t.exposeBoolean('provisional', { description: 'True while its figures may still be revised.' }),
    flows: t.exposeBoolean('flows', { description: 'False for an opening snapshot: it has a stock and no movements.' }),
  }),
});
