import type { Answered } from '../query/context.ts';
import type { Figure } from '../query/figure.ts';
import type { Asked } from '../query/selection.ts';
import type { Row } from '../query/table.ts';
import { unitNames } from '../query/unit-names.ts';
import { tableFrom, type FileTable, type Taking } from './file-table.ts';
import { citationOf, filtersOf, licenceOf, type Provenance } from './provenance.ts';
import { rowColumns } from './row-columns.ts';
import { markerOf, marksOf } from './shorthand.ts';
import { titleOf } from './title.ts';

/** One figure of one row. */
interface Line {
  row: Row;
  asked: Asked;
  figure: Figure;
}

const text = { type: 'text' } as const;
const number = { type: 'number' } as const;

/**
 * A table with one line for each figure, and in each line everything that is needed to know what it is: place, period, categories, measure, unit,
 * value, interval, status, release, filters, licence. Nothing is read from cells here: these are the figures of the answer.
 */
export function tidyTable(answered: Answered, provenance: Provenance): FileTable {
  const { table, figures, question } = answered;
  const lines = table.rows.flatMap((row): Line[] =>
    figures.map((asked) => ({ row, asked, figure: row.figures.get(asked.key)! })),
  );
  const about = rowColumns(answered).map((column): Taking<Line> => ({ ...column, of: ({ row }) => column.of(row) }));
  return tableFrom(
    answered.name,
    titleOf(answered),
    [
      ...about,
      ...measureColumns,
      ...figureColumns,
      ...(question.compare ? comparisonColumns : []),
      ...originColumns(answered, provenance),
    ],
    lines,
  );
}

const measureColumns: Taking<Line>[] = [
  { ...text, name: 'measure', title: 'Id of the measure', of: ({ figure }) => figure.measure.id },
  { ...text, name: 'measure_title', title: 'Measure', of: ({ figure }) => figure.measure.title },
  { ...text, name: 'measure_arguments', title: 'Arguments of the measure', of: argumentsText },
  {
    ...text,
    name: 'unit',
    title: 'Unit of the value; percentages are fractions, 0.123 for 12.3%',
    of: ({ figure }) => unitNames[figure.measure.unit],
  },
];

const figureColumns: Taking<Line>[] = [
  { ...number, name: 'value', title: 'Value; empty where the status says why', of: ({ figure }) => figure.value },
  { ...number, name: 'lower', title: 'Lower limit of the interval', of: ({ figure }) => figure.interval?.lower },
  { ...number, name: 'upper', title: 'Upper limit of the interval', of: ({ figure }) => figure.interval?.upper },
  { ...number, name: 'level', title: 'Level of the interval', of: ({ figure }) => figure.interval?.level },
  { ...text, name: 'status', title: 'Why the value is there, or is not', of: ({ figure }) => figure.status },
  { ...text, name: 'shorthand', title: 'UK shorthand in place of a value', of: ({ figure }) => markerOf(figure) },
  { ...text, name: 'flags', title: 'Marks of the value', of: ({ figure }) => marksOf(figure) },
  { ...text, name: 'display', title: 'As it is printed', of: ({ figure }) => figure.display },
];

const comparisonColumns: Taking<Line>[] = [
  { ...text, name: 'comparator', title: 'Compared with', of: ({ figure }) => figure.comparison?.comparator },
  { ...number, name: 'comparator_value', title: 'Value of that', of: ({ figure }) => figure.comparison?.value },
  { ...number, name: 'difference', title: 'This value minus that', of: ({ figure }) => figure.comparison?.difference },
  {
    ...number,
    name: 'difference_lower',
    title: 'Lower limit of the difference',
    of: ({ figure }) => figure.comparison?.interval?.lower,
  },
  {
    ...number,
    name: 'difference_upper',
    title: 'Upper limit of the difference',
    of: ({ figure }) => figure.comparison?.interval?.upper,
  },
  { ...text, name: 'verdict', title: 'What the comparison shows', of: ({ figure }) => figure.comparison?.verdict },
];

/** Where all lines come from. */
function originColumns(answered: Answered, provenance: Provenance): Taking<Line>[] {
  const { release } = answered.table.open.catalogue;
  return [
    { ...text, name: 'source', title: 'Extracts or official publications', of: () => answered.table.source },
    { ...text, name: 'audience', title: 'Whom the figure is for', of: ({ row }) => row.audience.id },
    { ...text, name: 'filters', title: 'Filters of the question', of: () => filtersOf(answered) },
    { ...text, name: 'release', title: 'Version of the release', of: () => release.version },
    { type: 'boolean', name: 'synthetic', title: 'Made-up data', of: () => release.synthetic },
    { ...text, name: 'licence', title: 'Licence', of: () => licenceOf(provenance) },
    { ...text, name: 'citation', title: 'How to cite it', of: () => citationOf(provenance) },
  ];
}

/** `method: NES_START; basis: FTE`, of the arguments that the measure takes. */
function argumentsText({ asked }: Line): string {
  return Object.keys(asked.measure.parameters ?? {})
    .map((name) => `${name}: ${asked.given[name as keyof typeof asked.given]}`)
    .join('; ');
}
