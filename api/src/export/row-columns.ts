import type { Answered } from '../query/context.ts';
import type { Row } from '../query/table.ts';
import { dimensionById } from '../release/dimension.ts';
import type { Taking } from './file-table.ts';

const text = { type: 'text' } as const;

/** Columns that say which row of an answer a line is about: place, period, kind of row, and a code and a name for each dimension. */
export function rowColumns({ table }: Answered): Taking<Row>[] {
  return [
    { ...text, name: 'area_level', title: 'Level of the area', of: ({ level }) => level },
    { ...text, name: 'area_code', title: 'Code of the area', of: ({ area }) => area.code },
    { ...text, name: 'area_name', title: 'Area', of: ({ area }) => area.label },
    { ...text, name: 'period', title: 'Period, as ISO 8601', of: ({ period }) => isoPeriod(period) },
    { type: 'date', name: 'period_end', title: 'Last day of the period', of: ({ period }) => period.end },
    { ...text, name: 'period_label', title: 'Period', of: ({ period }) => period.label },
    { ...text, name: 'row', title: 'Kind of row: group, total or all other', of: kindOf },
    ...dimensionsIn(table.rows).flatMap((id): Taking<Row>[] => {
      const label = dimensionById.get(id)?.label ?? id;
      const code = { ...text, name: `${id}_code`, title: `Code of ${label.toLowerCase()}` };
      return [
        { ...code, of: ({ categories }) => categories[id]?.code },
        { ...text, name: id, title: label, of: ({ categories }) => categories[id]?.label },
      ];
    }),
  ];
}

/** The dimensions that the rows of an answer are split by, in the order asked for. */
export function dimensionsIn(rows: readonly Row[]): string[] {
  return [...new Set(rows.flatMap(({ categories }) => Object.keys(categories)))];
}

/** A period as ISO 8601 has it: `2025-04-01/2026-03-31`, or its day where it has no start. */
export function isoPeriod({ start, end }: { start: string | null; end: string }): string {
  return start ? `${start}/${end}` : end;
}

/** Whether a row is a group, a total from cells of its own, or all groups that have no row. */
export function kindOf({ isTotal, isRest }: Pick<Row, 'isTotal' | 'isRest'>): 'group' | 'total' | 'all other' {
  return isTotal ? 'total' : isRest ? 'all other' : 'group';
}
