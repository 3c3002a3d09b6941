export const refusalCodes = {
  NOT_PUBLISHED: 'This combination of dimensions is not published at this level and grain.',
  TOO_MANY_DIMENSIONS: 'More dimensions than any table has.',
  LEVEL_NOT_HELD: 'The release holds nothing at this level of geography.',
  SOURCE_NOT_HELD: 'The release does not hold this source.',
  UNKNOWN_AREA: 'No area has this code.',
  UNKNOWN_CATEGORY: 'No category has this code.',
  UNKNOWN_DIMENSION: 'The release does not have this dimension.',
  UNKNOWN_PERIOD: 'The release has no such period.',
  UNKNOWN_RELEASE: 'There is no such release.',
  NOTHING_SELECTED: 'A filter names nothing, so there is nothing to add up.',
  OUT_OF_RANGE: 'A number is outside what is allowed.',
  TOO_MANY_CELLS: 'The answer would be made of too many cells.',
  NO_FIGURE: 'None of the figures asked for can be there: the message says why.',
  NOT_COMPARABLE: 'The comparison asked for is not possible.',
  UNKNOWN_ORDER: 'The answer cannot be ordered by this.',
  NOT_YOURS: 'Figures for one employer’s own use are about that employer alone.',
} as const;
export type RefusalCode = keyof typeof refusalCodes;

/** One reason why a question is not answered; `path` leads to the argument. */
export interface Problem {
  code: RefusalCode;
  message: string;
  path: string[];
}

export interface Alternative {
  description: string;
  query: string;
  /** Each change to the question, in words. */
  changes: readonly string[];
  /** Figures of its answer, how many of them are shown, and one of these in words; null where that was not tried. */
  figures: number | null;
  shown: number | null;
  sample: string | null;
}

/** Of an alternative whose answer was planned and not read. */
export const untried = { figures: null, shown: null, sample: null } as const;

/** A question that is not answered: why, and what can be asked instead. */
export interface Refusal {
  kind: 'refused';
  problems: Problem[];
  alternatives: Alternative[];
}
