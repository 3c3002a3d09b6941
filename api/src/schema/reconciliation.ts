import { limits } from '../query/limits.ts';
import { reconcile, type Balance, type Reconciliation, type ReconciliationQuestion } from '../query/reconciliation.ts';
import type { Refusal } from '../query/refusal.ts';
import { displayed } from '../query/words.ts';
import { builder } from './builder.ts';
import { Source } from './enums.ts';
import { Measure } from './measure.ts';
import { AreaRef, Category, Period } from './place.ts';
import { Quantity } from './quantity.ts';
import { QueryRefused } from './refusal.ts';
import { Release } from './release.ts';
import { WarningRef } from './table.ts';
import { PeriodInput, WhereInput } from './where.ts';

const ReconciliationRow = builder.objectRef<Balance>('ReconciliationRow').implement({
  description: 'Start + in − out against the end, for one place, period and staff group.',
  fields: (t) => ({
    area: t.field({ type: AreaRef, resolve: (row) => row.area }),
    period: t.field({ type: Period, resolve: (row) => row.period }),
    staffGroup: t.field({ type: Category, nullable: true, resolve: (row) => row.staffGroup }),
    start: t.field({ type: Measure, resolve: (row) => row.start }),
    joiners: t.field({ type: Measure, resolve: (row) => row.joiners }),
    leavers: t.field({ type: Measure, resolve: (row) => row.leavers }),
    otherIn: t.field({ type: Measure, nullable: true, resolve: (row) => row.otherIn }),
    otherOut: t.field({ type: Measure, nullable: true, resolve: (row) => row.otherOut }),
    end: t.field({ type: Measure, resolve: (row) => row.end }),
    expected: t.field({ type: Measure, description: 'Start + in − out.', resolve: (row) => row.expected }),
    unexplained: t.field({
      type: Measure,
      description: 'End − expected. Its noise is what protection leaves unexplained.',
      resolve: (row) => row.unexplained,
    }),
    tolerance: t.field({
      type: Quantity,
      description: 'When more people than this are unexplained, the row is an alert.',
      resolve: ({ tolerance }) => ({
        value: tolerance,
        display: displayed(tolerance, 'fte', null),
        unit: 'people',
        interval: null,
      }),
    }),
    alert: t.exposeBoolean('alert'),
    display: t.exposeString('display'),
  }),
});

const ReconciliationTable = builder.objectRef<Reconciliation>('ReconciliationTable').implement({
  description: 'Whether stocks and flows agree.',
  fields: (t) => ({
    release: t.field({ type: Release, resolve: ({ open }) => open.catalogue.release }),
    source: t.field({ type: Source, resolve: (table) => table.source }),
    rows: t.field({ type: [ReconciliationRow], resolve: (table) => table.rows }),
    rowCount: t.exposeInt('rowCount'),
    national: t.field({ type: ReconciliationRow, nullable: true, resolve: (table) => table.national }),
    balanced: t.exposeInt('balanced', { description: 'Rows within tolerance.' }),
    organisations: t.exposeInt('organisations', { description: 'Organisations looked at.' }),
    warnings: t.field({ type: [WarningRef], resolve: (table) => table.warnings }),
    statement: t.exposeString('statement'),
  }),
});

const ReconciliationResult = builder.unionType('ReconciliationResult', {
  description: 'An answer, or why there is none.',
  types: [ReconciliationTable, QueryRefused],
  resolveType: (value) => ((value as Reconciliation | Refusal).kind === 'refused' ? QueryRefused : ReconciliationTable),
});

builder.queryField('reconciliation', (t) =>
  t.field({
    type: ReconciliationResult,
    description:
      'Whether start + joiners − leavers gives the end, per organisation, largest unexplained difference first.',
    args: {
      where: t.arg({ type: WhereInput }),
      period: t.arg({ type: PeriodInput }),
      source: t.arg({ type: Source }),
      first: t.arg.int({ defaultValue: 50, description: `Rows, up to ${limits.first}.` }),
      offset: t.arg.int({ defaultValue: 0 }),
      release: t.arg.string(),
    },
    resolve: (_, args, context, info) => reconcile(args as unknown as ReconciliationQuestion, context, info) as never,
  }),
);
