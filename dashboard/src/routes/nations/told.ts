import type { Definition } from '#lib/server/fragments.ts';
import { listed, lowerFirst, upperFirst } from '#lib/figure/words.ts';
import type { Answer, AnswerRow, Refused } from '#lib/server/question.ts';

/** A measure with its numbers for the nations and the United Kingdom, and the answer that they are from. */
export interface Told {
  measure: Definition;
  rows: AnswerRow[];
  answer: Answer;
}

const absent = ['NOT_AVAILABLE', 'NOT_APPLICABLE'];

/** The measures that an answer holds a figure of, for one nation at least; answers go by subject. */
export function toldOf(asked: Definition[], answers: Record<string, Answer | Refused>): Told[] {
  return asked.flatMap((measure) => {
    const answer = answers[measure.subject];
    if (answer?.kind !== 'table') return [];
    const { rows } = answer;
    const held = rows.some(({ measures }) => !absent.includes(measures[measure.id]?.status ?? 'NOT_AVAILABLE'));
    return held ? [{ measure, rows, answer }] : [];
  });
}

const verdicts = { HIGHER: 'higher in', LOWER: 'lower in', NO_CLEAR_DIFFERENCE: 'no clear difference in' } as const;

/** How the nations stand beside the United Kingdom in one measure, and why some are not compared, in words. */
export function besideWords({ measure, rows }: Told): string {
  const told = rows.flatMap(({ isTotal, area, measures }) => {
    const comparison = measures[measure.id]?.comparison;
    return isTotal || !comparison ? [] : [{ place: area.label, ...comparison }];
  });
  const placesOf = (some: typeof told) => listed(some.map(({ place }) => place));
  const clear = Object.entries(verdicts).flatMap(([verdict, words]) => {
    const some = told.filter((one) => one.verdict === verdict);
    return some.length === 0
      ? []
      : some.length === told.length && verdict === 'NO_CLEAR_DIFFERENCE'
        ? ['no clear difference']
        : [`${words} ${placesOf(some)}`];
  });
  const refused = Map.groupBy(
    told.filter(({ verdict }) => verdict === 'NOT_COMPARABLE'),
    ({ statement }) => statement,
  );
  const sentences = [
    ...(clear.length ? [`${clear.join('; ')}.`] : []),
    ...[...refused].map(([statement, some]) =>
      some.length === told.length ? statement : `${placesOf(some)}: ${lowerFirst(statement)}`,
    ),
  ];
  return sentences.map(upperFirst).join(' ');
}

const verdictsOf = ({ measure, rows }: Told) =>
  rows.flatMap(({ measures }) => measures[measure.id]?.comparison?.verdict ?? []);

/** Whether a nation clearly differs from the United Kingdom. */
export const differs = (line: Told): boolean =>
  verdictsOf(line).some((verdict) => verdict === 'HIGHER' || verdict === 'LOWER');

/** What to keep in mind of many comparisons with a whole that a nation is part of. */
export function comparisonCaveats(lines: Told[]): string[] {
  const made = lines.flatMap(verdictsOf).filter((verdict) => verdict !== 'NOT_COMPARABLE').length;
  if (made === 0) return [];
  return [
    `Every nation is itself part of the United Kingdom. Each comparison allows for chance by itself: of ${made} made here, about ${Math.ceil(made / 20)} would look clear by chance alone.`,
  ];
}
