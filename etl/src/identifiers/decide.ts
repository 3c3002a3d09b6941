import { finders, type IdentifierKind } from './patterns.ts';

export type Sighting = { line: number; value: string };
export type Found = { column: string; kind: IdentifierKind; count: number; lines: number[] };

// A tenth of random ten-digit pseudonyms passes the NHS check digit, and half of random codes shaped like a postcode are one. So a kind is only
// believed when the values that share its shape mostly pass. Kinds whose shape is all there is to them are left to the column's name.
const believed: Partial<Record<IdentifierKind, { share: number; atLeast: number }>> = {
  'e-mail address': { share: 0, atLeast: 1 },
  'NHS number': { share: 0.5, atLeast: 1 },
  'CHI number': { share: 0.5, atLeast: 1 },
  'National Insurance number': { share: 0.5, atLeast: 1 },
  'driving licence': { share: 0.5, atLeast: 1 },
  'HCPC number': { share: 0.5, atLeast: 1 },
  'staff record number': { share: 0.5, atLeast: 1 },
  'telephone number': { share: 0.5, atLeast: 1 },
  'date of birth': { share: 0.5, atLeast: 1 },
  postcode: { share: 0.9, atLeast: 5 },
};

/**
 * The direct identifiers that a column's values prove, judged by whole values. `sightings` are values that could be one; those that share
 * a shape (letters and digits alike) are judged together. `sample` is the column as it usually is: where its values of one length come in
 * many shapes (random hexadecimal, say), some look like anything by chance, and only a majority of that length is believed.
 */
export function identifiersAmong(
  column: string,
  sightings: readonly Sighting[],
  sample: readonly string[] = [],
): Found[] {
  const random = randomLengths(sample);
  const shapes = new Map<string, number>();
  const found = new Map<string, Found & { shape: string }>();
  for (const { line, value } of sightings) {
    const shape = shapeOf(value);
    shapes.set(shape, (shapes.get(shape) ?? 0) + 1);
    const kind = wholeKind(value);
    if (kind === undefined) continue;
    const key = `${kind} ${shape}`;
    const entry = found.get(key) ?? { column, kind, count: 0, lines: [], shape };
    entry.count++;
    if (entry.lines.length < 10) entry.lines.push(line);
    found.set(key, entry);
  }
  // CHI numbers are NHS-shaped: both kinds count towards either share.
  const tenDigits = [...found.values()].filter(({ kind }) => kind === 'NHS number' || kind === 'CHI number');
  return [...found.values()]
    .filter((entry) => {
      const rule = believed[entry.kind];
      const passing = tenDigits.includes(entry)
        ? tenDigits.filter(({ shape }) => shape === entry.shape).reduce((sum, { count }) => sum + count, 0)
        : entry.count;
      if (rule === undefined || passing < rule.atLeast || passing / shapes.get(entry.shape)! < rule.share) return false;
      return !random.has(entry.shape.length) || mostlyThis(entry.kind, entry.shape.length, sample);
    })
    .map(({ shape: _, ...entry }) => entry);
}

function randomLengths(sample: readonly string[]): Set<number> {
  const shapes = new Map<number, Set<string>>();
  for (const value of sample) {
    const seen = shapes.get(value.length) ?? new Set();
    shapes.set(value.length, seen.add(shapeOf(value)));
  }
  return new Set([...shapes].filter(([, seen]) => seen.size > 5).map(([length]) => length));
}

function mostlyThis(kind: IdentifierKind, length: number, sample: readonly string[]): boolean {
  const alike = sample.filter((value) => value.length === length);
  return alike.filter((value) => wholeKind(value) === kind).length >= alike.length / 2;
}

// Finders go from the particular to the general: the first that takes the whole value names it.
function wholeKind(value: string): IdentifierKind | undefined {
  const trimmed = value.replace(/^['\s]+|\s+$/g, '');
  return finders.find(({ kind, pattern, holds }) => {
    const first = trimmed.match(pattern)?.[0];
    if (first === undefined || first.length !== trimmed.length || !(holds?.(first) ?? true)) return false;
    return kind !== 'date of birth' || isWholeDate(trimmed);
  })?.kind;
}

// Spreadsheets turn codes into "03-Apr"; only a day, month and year together can be a date of birth.
function isWholeDate(value: string): boolean {
  return value.split(/[-/. ]/).length >= 3;
}

function shapeOf(value: string): string {
  return value.replace(/[0-9]/g, '9').replace(/[A-Za-z]/g, 'A');
}
