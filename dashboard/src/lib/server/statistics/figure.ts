import type { Figure, Series, Value } from '#lib/figure/figure.ts';
import type { Catalogue } from '../catalogue.ts';
import { fileAddress } from '../figures.ts';
import type { Brief, MeasureParts } from '../fragments.ts';
import { toValue } from '../pivot.ts';
import { meaning, provenance } from '../provenance.ts';
import { forReaders } from '../warning.ts';

/** What a statistic of the API answers besides its numbers. */
export interface Told {
  statement: string;
  query: string;
  variables: string;
  /** For whom the figures are, and how they were protected. */
  audience: { statement: string };
  warnings: { code: string; message: string }[];
}

/** What a figure of a statistic shows; the rest follows from the answer. */
export interface StatisticPlan
  extends
    Omit<Figure, 'references' | 'annotations' | 'caveats' | 'provenance' | 'meaning' | 'query' | 'permalink' | 'csv'>,
    Partial<Pick<Figure, 'references' | 'caveats'>> {
  measure?: Pick<Brief, 'id' | 'title' | 'plain' | 'formula' | 'source'>;
  address: string;
}

/** A value that has no meaning at its place in a table. */
export const notApplicable: Value = { value: null, status: 'NOT_APPLICABLE', display: '[z]' };

/** A number of a chart's own geometry (a limit, a curve), which is nobody's count. */
export const drawn = (value: number | null, display: string): Value => ({
  value,
  status: value === null ? 'NOT_AVAILABLE' : 'OK',
  display,
});

/** A series with one number of each line of an answer. */
export const column = <Line>(
  lines: readonly Line[],
  series: Omit<Series, 'values'>,
  pick: (line: Line) => Omit<MeasureParts, 'breaks'> | undefined,
): Series => ({ ...series, values: lines.map((line) => toValue(pick(line))) });

/** "2022/23 to 2025/26": the years that a statistic takes together. */
export function span(periods: readonly { label: string }[]): string {
  const [first, last] = [periods[0]?.label, periods.at(-1)?.label];
  return first === last ? (first ?? '') : `${first} to ${last}`;
}

/** Warnings that a reader must see; the data banner and every source line already say the rest. */
export function warned(told: Pick<Told, 'warnings'>): string[] {
  return told.warnings
    .filter((warning) => !['SYNTHETIC', 'NOT_ADDITIVE'].includes(warning.code))
    .map((warning) => forReaders(warning.message));
}

/** A figure of a statistic: rows and series as they are given, with where they come from and the question as asked. */
export function statisticFigure(all: Catalogue, told: Told, plan: StatisticPlan): Figure {
  const { measure, references = [], caveats = [], address, ...rest } = plan;
  return {
    ...rest,
    references,
    annotations: [],
    caveats: [...warned(told), ...caveats],
    provenance: provenance(all, 'EXTRACTS', told.audience.statement),
    ...(measure ? { meaning: meaning(measure) } : {}),
    query: { document: told.query, variables: JSON.parse(told.variables || '{}') as Record<string, unknown> },
    permalink: `${address}#${plan.id}`,
    csv: fileAddress(address, 'figure.csv', plan.id),
  };
}
