import type { Answered } from '../query/context.ts';
import type { Figure } from '../query/figure.ts';
import type { Asked } from '../query/selection.ts';
import type { Row } from '../query/table.ts';
import { unitNames } from '../query/unit-names.ts';
import { dimensionById } from '../release/dimension.ts';
import { citationOf, filtersOf, licenceOf, notesOf, type Provenance } from './provenance.ts';
import { dimensionsIn, isoPeriod, kindOf } from './row-columns.ts';
import { symbols } from './shorthand.ts';
import { titleOf } from './title.ts';
import { onlyOne, Unwritable } from './unwritable.ts';

/** Places of the cube, at most: it is dense, whatever is asked. */
const largest = 1_000_000;

interface Category {
  code: string;
  label: string;
}
/** A dimension of the cube: its categories, and which of them a row is in. */
interface Dimension {
  id: string;
  label: string;
  categories: Category[];
  of: (row: Row) => string;
}

/**
 * JSON-stat 2.0 of the one table of an answer. Values that are withheld are null, and `status` says why; intervals are measures beside their measure:
 * `leaver_rate`, `leaver_rate.lower`, `leaver_rate.upper`. Totals are in `_T`, all other groups in `_O`. Throws `Unwritable`.
 */
export function jsonStatOf(tables: readonly Answered[], provenance: Provenance): object {
  const answered = onlyOne(tables, 'A JSON-stat file');
  const { table } = answered;
  const dimensions = dimensionsOf(table.rows);
  const measures = answered.figures.flatMap(metricsOf);
  const sizes = [...dimensions.map(({ categories }) => categories.length), measures.length];
  const places = sizes.reduce((product, size) => product * size, 1);
  if (places > largest)
    throw new Unwritable(
      `As JSON-stat this would have ${places.toLocaleString('en-GB')} places, and it may have ${largest.toLocaleString('en-GB')}: take CSV or Parquet, or ask for less.`,
    );
  const value: (number | null)[] = Array<number | null>(places).fill(null);
  const status: Record<string, string> = {};
  const indices = dimensions.map(({ categories }) => new Map(categories.map(({ code }, i) => [code, i])));
  for (const row of table.rows) {
    const start = dimensions.reduce((index, { of }, d) => index * sizes[d]! + indices[d]!.get(of(row))!, 0);
    for (const [m, { asked, take }] of measures.entries()) {
      const figure = row.figures.get(asked.key)!;
      const at = start * measures.length + m;
      value[at] = take(figure) ?? null;
      if (value[at] === null) status[at] = figure.status;
      else if (figure.flags.length > 0 || figure.status !== 'OK')
        status[at] = [figure.status, ...figure.flags].join(' ');
    }
  }
  const { release } = table.open.catalogue;
  return {
    version: '2.0',
    class: 'dataset',
    label: titleOf(answered),
    source: citationOf(provenance),
    updated: release.publishedAt ?? release.createdAt,
    note: notesOf(answered),
    id: [...dimensions.map(({ id }) => id), 'measure'],
    size: sizes,
    role: { geo: ['area'], time: ['period'], metric: ['measure'] },
    dimension: {
      ...Object.fromEntries(
        dimensions.map(({ id, label, categories }) => [id, { label, category: listed(categories) }]),
      ),
      measure: {
        label: 'Measure',
        category: {
          ...listed(measures),
          unit: Object.fromEntries(measures.map(({ code, asked }) => [code, { label: unitNames[asked.measure.unit] }])),
        },
      },
    },
    value,
    status,
    extension: {
      release: release.version,
      synthetic: release.synthetic,
      audience: provenance.audience,
      licence: licenceOf(provenance),
      filters: filtersOf(answered),
      query: provenance.document,
      variables: provenance.variables,
      symbols,
    },
  };
}

function dimensionsOf(rows: readonly Row[]): Dimension[] {
  const dimension = (id: string, label: string, categoryOf: (row: Row) => Category): Dimension => ({
    id,
    label,
    categories: [...new Map(rows.map((row) => [categoryOf(row).code, categoryOf(row)])).values()],
    of: (row) => categoryOf(row).code,
  });
  const beside = (row: Row): Category =>
    kindOf(row) === 'total' ? { code: '_T', label: 'Total' } : { code: '_O', label: 'All other' };
  return [
    dimension('area', 'Area', (row) =>
      row.isRest ? { code: '_O', label: 'All other' } : { code: row.area.code, label: row.area.label },
    ),
    ...dimensionsIn(rows).map((id) =>
      dimension(id, dimensionById.get(id)?.label ?? id, (row) => row.categories[id] ?? beside(row)),
    ),
    dimension('period', 'Period', ({ period }) => ({ code: isoPeriod(period), label: period.label })),
  ];
}

interface Metric extends Category {
  asked: Asked;
  take: (figure: Figure) => number | null | undefined;
}

/** A measure and the limits of its interval. */
function metricsOf(asked: Asked): Metric[] {
  const { measure } = asked;
  const given = Object.keys(measure.parameters ?? {}).map((name) => asked.given[name as keyof typeof asked.given]);
  const code = [measure.id, ...given].join('.');
  const label = [measure.title, ...given].join(', ');
  return [
    { asked, code, label, take: ({ value }) => value },
    { asked, code: `${code}.lower`, label: `${label}: lower limit`, take: ({ interval }) => interval?.lower },
    { asked, code: `${code}.upper`, label: `${label}: upper limit`, take: ({ interval }) => interval?.upper },
  ];
}

const listed = (categories: readonly Category[]) => ({
  index: categories.map(({ code }) => code),
  label: Object.fromEntries(categories.map(({ code, label }) => [code, label])),
});
