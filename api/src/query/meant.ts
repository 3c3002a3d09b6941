import { nearest } from '@ahp/sql/nearest';

interface Named {
  code: string;
  label: string;
}

/** What somebody who wrote `text` most likely meant, by code or by label; undefined when nothing is near. */
export function meant<Item extends Named>(text: string, items: readonly Item[]): Item | undefined {
  const best = nearest(
    text,
    items.flatMap(({ code, label }) => [code, label]),
  );
  return items.find(({ code, label }) => code === best || label === best);
}

/**
 * Says how many values of a filter are not known, and what a single one most likely meant. What was sent is never given back: answers
 * hold words of the release alone.
 */
export function unknownText(unknown: readonly string[], filter: string, items: readonly Named[]): string {
  const near = unknown.length === 1 ? meant(unknown[0]!, items) : undefined;
  const hint = near ? ` Did you mean “${near.code}” (${near.label})?` : '';
  return unknown.length === 1
    ? `One value of the filter on ${filter} is not in this release.${hint}`
    : `${unknown.length} values of the filter on ${filter} are not in this release.`;
}
