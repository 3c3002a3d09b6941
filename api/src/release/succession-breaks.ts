import { tallies } from '@ahp/sql/tally';
import type { AreaRecord, BreakRecord } from './catalogue.ts';
import { listed } from '../query/words.ts';

/** The last period end at which an organisation had people in post. */
export interface InPost {
  area: string;
  last: string;
}

/**
 * The days from which organisations have the people of those they took over: the figures of each code before and after are of different people.
 * A day is the one after the last period end at which the old code had people in post; one that has them still has become nothing yet.
 */
export function successionBreaks(areas: readonly AreaRecord[], inPost: readonly InPost[]): BreakRecord[] {
  const lastOf = new Map(inPost.map(({ area, last }) => [area, last]));
  const latest = [...lastOf.values()].sort().at(-1);
  const gone = areas.flatMap((area) => {
    const last = lastOf.get(area.code);
    const successor = area.successor && areas.find(({ code }) => code === area.successor);
    return area.level === 'organisation' && successor && last && last !== latest
      ? [{ area, successor, from: dayAfter(last) }]
      : [];
  });
  return [...Map.groupBy(gone, ({ successor, from }) => `${successor.code}|${from}`).values()].map((became) => {
    const { successor, from } = became[0]!;
    return {
      from,
      nation: null,
      organisations: new Set([successor.code, ...became.map(({ area }) => area.code)]),
      tallies: everyTally,
      label: `${successor.label} took over from ${listed(became.map(({ area }) => area.label))}`,
      meaning: 'Each has its own figures, as at the time; `organisationView: AS_OF_TODAY` follows them through.',
      source: 'Successions of organisations in this release',
    };
  });
}

const everyTally: ReadonlySet<string> = new Set(Object.keys(tallies));

const dayAfter = (end: string) => new Date(Date.parse(end) + 86_400_000).toISOString().slice(0, 10);
