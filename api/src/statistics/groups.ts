import type { CategoryRecord } from '../release/catalogue.ts';

/** A group of people that is set beside the reference group; a union is the sum of the cells of several categories. */
export interface ComparedGroup {
  category: CategoryRecord;
  codes: readonly string[];
  isUnion: boolean;
}

/** Ethnic minorities other than white: the union of four groups, as the WRES counts them. */
const minorities = ['mixed', 'asian', 'black', 'other'];

/** The groups of a characteristic in their order; for ethnic group, the union of all minorities first. */
export function groupsOf(characteristic: string, categories: Iterable<CategoryRecord>): ComparedGroup[] {
  const single = [...categories].map((category): ComparedGroup => ({
    category,
    codes: [category.code],
    isUnion: false,
  }));
  const members = single.filter(({ category }) => minorities.includes(category.code));
  if (characteristic !== 'ethnic_group' || members.length < 2) return single;
  const category: CategoryRecord = {
    dimension: characteristic,
    code: 'bme',
    label: 'Black and minority ethnic',
    labelCy: null,
    validFrom: null,
    validTo: null,
  };
  return [{ category, codes: members.flatMap(({ codes }) => codes), isUnion: true }, ...single];
}

/** With whom a characteristic is compared unless the question says otherwise: those whom the WRES and WDES take; men; the largest age band. */
export const usualReference: Readonly<Record<string, string>> = {
  ethnic_group: 'white',
  disability: 'not_disabled',
  sex: 'male',
};

/** Whether a group is those whose characteristic is not recorded. */
export const isUnknown = ({ category }: ComparedGroup) => category.code === 'unknown';
