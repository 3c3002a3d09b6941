import type { Annotation, Figure, Kind, Reference, Series } from '#lib/figure/figure.ts';
import { lowerFirst } from '#lib/figure/words.ts';
import { type Catalogue, withDisclosure } from './catalogue.ts';
import { breakNotes } from './breaks.ts';
import type { Definition } from './fragments.ts';
import { type Axis, along, pivot } from './pivot.ts';
import { meaning, provenance, unitOf } from './provenance.ts';
import { type Answer, standalone } from './question.ts';
import { forReaders } from './warning.ts';

export interface FigurePlan {
  id: string;
  kind: Kind;
  measure: Definition;
  down: Axis;
  across?: Axis | null;
  rowHead: string;
  subtitle: string;
  title?: string;
  annotations?: Annotation[];
  references?: Reference[];
  caveats?: string[];
  /** The page with its query, such as "/trends?by=band". */
  address: string;
}

/** The address of a figure's file: the page's own path and query with the figure named. */
export function fileAddress(address: string, file: string, figure: string): string {
  const [path = '', query = ''] = address.split('?');
  const parameters = new URLSearchParams(query);
  parameters.append('figure', figure);
  return `${path.replace(/\/$/, '')}/${file}?${parameters}`;
}

/** Makes a figure of one measure from an answer of the API. */
export function figureOf(all: Catalogue, answer: Answer, plan: FigurePlan): Figure {
  const { measure, down, across = null } = plan;
  const rows = answer.rows.filter((row) => !row.isTotal);
  const values = pivot(rows, measure.id, down, across, measure.title);
  const cells = { ...values, series: [...values.series, ...knownSeries(all, rows, plan)] };
  const notes = breakNotes(
    rows.flatMap((row) => {
      const part = row.measures[measure.id];
      return part ? [{ at: along(down, row).key, measure: part }] : [];
    }),
  );
  const ofVacancies = measure.tallies.some(({ id }) => id === 'vacant_fte');
  // An answer of several measures warns of them together; a figure says only what is about its own.
  const mine: Record<string, boolean> = {
    SYNTHETIC: false,
    NOT_ADDITIVE: false,
    NATIONS_NOT_COMPARABLE: measure.comparable.length < 4,
    BREAK: notes.length > 0,
    METHOD: ofVacancies,
    METHODS_DIFFER: ofVacancies,
    LOW_BASE: cells.series.some(({ values }) => values.some(({ status }) => status === 'CONFIDENTIAL')),
  };
  const warnings = answer.warnings.flatMap(({ code, message }) =>
    mine[code] === false
      ? []
      : [
          code === 'NATIONS_NOT_COMPARABLE'
            ? `Not comparable between all nations: see what to keep in mind.`
            : forReaders(message),
        ],
  );
  return {
    id: plan.id,
    kind: plan.kind,
    title: plan.title ?? measure.title,
    subtitle: plan.subtitle,
    unit: unitOf(measure),
    rowHeads: [plan.rowHead],
    ...cells,
    annotations: [...notes, ...(plan.annotations ?? [])],
    references: plan.references ?? [],
    caveats: [...warnings, ...(plan.caveats ?? measure.caveats)],
    provenance: provenance(all, answer.source, answer.statement),
    meaning: meaning(measure),
    query: standalone({ measures: [measure], arguments: answer.question.arguments }),
    permalink: `${plan.address}#${plan.id}`,
    csv: fileAddress(plan.address, 'figure.csv', plan.id),
  };
}

/** Of how many people the characteristic is known that the figure is about, as columns of its table and file. */
function knownSeries(all: Catalogue, rows: Answer['rows'], { measure, down, across = null }: FigurePlan): Series[] {
  const [, disclosure] = withDisclosure(all, measure);
  if (!disclosure || !rows.some((row) => row.measures[disclosure.id])) return [];
  return pivot(rows, disclosure.id, down, across, disclosure.title).series.map((series) => ({
    ...series,
    key: `known-${series.key}`,
    label: across ? `${series.label}: ${lowerFirst(disclosure.title)}` : series.label,
    role: 'count',
    unit: 'percent',
  }));
}
