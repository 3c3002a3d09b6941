import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

type Row = Record<string, string>;

/** Rows of one list of `sql/reference`. */
export function readCodeList(name: string): Row[] {
  const path = fileURLToPath(new URL(`../../../sql/reference/${name}.csv`, import.meta.url));
  return parse(readFileSync(path), { columns: true }) as Row[];
}

/** The professions in their order; the sample speaks of a profession by its place here. */
export const professions: readonly string[] = readCodeList('profession').map((row) => row['code']!);
const letters = readCodeList('profession').map((row) => row['letters']!);

const occupationRows = readCodeList('occupation_code');

/** Occupation codes; the sample speaks of one by its place here. */
export const occupations: readonly string[] = occupationRows.map((row) => row['code']!);
const place = new Map(occupations.map((code, index) => [code, index]));

/** True where the code is AHP support in the standard definition (S5, S8, S9). */
export const isSupport: readonly boolean[] = occupationRows.map(
  (row) => row['definition'] === 'core' || row['definition'] === 'standard',
);
export const isCore: readonly boolean[] = occupationRows.map((row) => row['definition'] === 'core');
export const isRegistered: readonly boolean[] = occupationRows.map((row) => row['kind'] === 'registered');
/** Profession's place for each occupation code, -1 where it names none. */
export const professionOfOccupation: readonly number[] = occupationRows.map((row) =>
  professions.indexOf(row['profession'] ?? ''),
);

/** Place of an occupation code. Throws when the list lacks it. */
export function occupation(code: string): number {
  const found = place.get(code);
  if (found === undefined)
    throw new Error(`occupation_code.csv lacks ${code}, which the sample uses: put the row back.`);
  return found;
}

/** Place of a code made of a level (`S9`) and a profession's letter, or of `fallback` where that pair is not a code. */
export function occupationOf(level: string, profession: number, fallback = 'H1R'): number {
  return place.get(level + letters[profession]!) ?? occupation(fallback);
}

/** Apprenticeship standards; place 0 means none. */
export const standards: readonly (Row | null)[] = [null, ...readCodeList('apprenticeship_standard')];
/** Place of the registration standard of each profession, 0 where there is none. */
export const registrationStandard: readonly number[] = professions.map((profession) =>
  Math.max(
    0,
    standards.findIndex((row) => row?.['route'] === 'registration' && row['profession'] === profession),
  ),
);
export const standardPlace = (code: string): number => standards.findIndex((row) => row?.['code'] === code);

/** Systems open today, with nation and region. */
export const systems: readonly { code: string; nation: string; region: string }[] = readCodeList('system')
  .filter((row) => row['valid_to'] === '')
  .map((row) => ({ code: row['code']!, nation: row['nation']!, region: row['region']! }));

/** Letters of ethnic group by 5+1 group, and the group of every letter. */
export const ethnicLetters: readonly string[] = readCodeList('ethnic_group').map((row) => row['source_value']!);
export const ethnicGroupOfLetter: readonly string[] = readCodeList('ethnic_group').map((row) => row['code']!);
