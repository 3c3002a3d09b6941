import type { Answered } from '../query/context.ts';
import type { Figure } from '../query/figure.ts';
import type { Asked } from '../query/selection.ts';
import type { Row } from '../query/table.ts';
import { tableFrom, type FileTable, type Taking } from './file-table.ts';
import { rowColumns } from './row-columns.ts';
import { markerOf, marksOf } from './shorthand.ts';
import { titleOf } from './title.ts';
import { units } from './units.ts';

/** A table for people: a line for each row of the answer, a column for each measure and its limits, and shorthand where a value is not there. */
export function wideTable(answered: Answered): FileTable {
  const { table, figures, question } = answered;
  const kinds = new Set(table.rows.map(({ isTotal, isRest }) => isTotal || isRest));
  const about = rowColumns(answered)
    .filter(({ name }) => name !== 'area_level' && name !== 'period' && (name !== 'row' || kinds.has(true)))
    .map((column) => ({ ...column, name: headings[column.name] ?? column.title }));
  const columns = figures.flatMap((asked) => figureColumns(asked, table.rows, question.compare != null));
  return tableFrom(answered.name, titleOf(answered), unique([...about, ...columns]), table.rows);
}

const headings: Record<string, string> = { area_code: 'Area code', period_end: 'Period ends', row: 'Row' };

function figureColumns(asked: Asked, rows: readonly Row[], compared: boolean): Taking<Row>[] {
  const { measure, given } = asked;
  const { printed, format } = units[measure.unit];
  const chosen = Object.keys(measure.parameters ?? {}).flatMap((name) => {
    const value = given[name as keyof typeof given];
    return value === measure.parameters?.[name as keyof typeof given]?.[0] ? [] : [value.toLowerCase()];
  });
  const name = [measure.title, ...chosen].join(', ');
  const number = { type: 'number', format } as const;
  const figureOf = (row: Row) => row.figures.get(asked.key)!;
  const column = (heading: string, of: (figure: Figure) => number | null | undefined): Taking<Row> => ({
    ...number,
    name: heading,
    title: heading,
    of: (row) => of(figureOf(row)) ?? (figureOf(row).value === null ? markerOf(figureOf(row)) : '[z]'),
  });
  const flagged = rows.some((row) => figureOf(row).flags.length > 0);
  return [
    column(`${name} (${printed})`, ({ value }) => value),
    column(`${name}: lower 95% limit`, ({ interval }) => interval?.lower),
    column(`${name}: upper 95% limit`, ({ interval }) => interval?.upper),
    ...(compared
      ? [
          {
            type: 'text',
            name: `${name}: compared with`,
            title: '',
            of: (row) => figureOf(row).comparison?.comparator ?? '[z]',
          } as Taking<Row>,
          column(`${name}: difference`, ({ comparison }) => comparison?.difference),
        ]
      : []),
    ...(flagged
      ? [{ type: 'text', name: `${name}: notes`, title: '', of: (row) => marksOf(figureOf(row)) } as Taking<Row>]
      : []),
  ];
}

/** Headings of a table must differ: a second one of the same name gets a number. */
function unique<Item extends { name: string }>(columns: readonly Item[]): Item[] {
  const seen = new Map<string, number>();
  return columns.map((column) => {
    const times = (seen.get(column.name) ?? 0) + 1;
    seen.set(column.name, times);
    return times === 1 ? column : { ...column, name: `${column.name} ${times}` };
  });
}
