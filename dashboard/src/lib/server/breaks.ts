import type { Annotation } from '#lib/figure/figure.ts';
import { flagWords } from '#lib/figure/status.ts';
import type { Catalogue } from './catalogue.ts';
import type { Definition, MeasureParts } from './fragments.ts';

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

/** The breaks in series that touch a measure: those of a tally that it is made of. */
export function breaksOf({ breaks }: Pick<Catalogue, 'breaks'>, measure: Pick<Definition, 'tallies'>) {
  const made = measure.tallies.map(({ id }) => id);
  return breaks.filter(({ tallies }) => tallies.some((tally) => made.includes(tally)));
}
