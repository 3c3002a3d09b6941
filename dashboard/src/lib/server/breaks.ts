import type { Annotation } from '#lib/figure/figure.ts';
import { flagWords } from '#lib/figure/status.ts';
import type { MeasureParts } from './fragments.ts';

/** The breaks of figures as notes at their rows, each once. */
export function breakNotes(points: readonly { at: string; measure: Pick<MeasureParts, 'breaks'> }[]): Annotation[] {
  const notes = points.flatMap(({ at, measure }) =>
    measure.breaks.map(({ nation, label }) => ({
      at,
      label: nation ? `${nation.label}: ${label}` : label,
      marker: flagWords.BREAK.marker,
    })),
  );
  return [...new Map(notes.map((note) => [`${note.at} ${note.label}`, note])).values()];
}
