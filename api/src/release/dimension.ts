import { dimensions as lattice } from '../../../sql/lattice/dimensions.ts';
import { codesOf, type Code } from '../query/codes.ts';

/** Something that cells may be split by. `enumName` is set where its categories are a GraphQL enum; else they are text. */
export interface Dimension {
  id: string;
  /** Name of the field of a row and of the filter in `where`. */
  field: string;
  label: string;
  enumName?: string;
  codes?: readonly Code[];
}

/** Geographies from coarse to fine; a level is not a dimension of a set. */
export const levels = ['uk', 'nation', 'region', 'system', 'organisation'] as const;
export type Level = (typeof levels)[number];

/** The levels that can be grouped and filtered by. */
export const geographies = ['nation', 'region', 'system', 'organisation'] as const;
export type Geography = (typeof geographies)[number];

export const nations = codesOf('nation');

/** Dimensions whose categories are a code list of `sql/reference` and a GraphQL enum. */
const listed = ['profession', 'band', 'stage', 'sex', 'ethnic_group', 'age_band', 'disability', 'tenure_band'];

/** Dimensions of cells, in the order of the columns of an answer. */
export const dimensions: readonly Dimension[] = lattice.map(({ id, label }) => {
  const field = fieldName(id);
  if (!listed.includes(id)) return { id, field, label };
  return { id, field, label, enumName: field[0]!.toUpperCase() + field.slice(1), codes: withUnknown(id) };
});

/** Releases add “not recorded” to every list but that of bands, where it is one of the others. */
function withUnknown(id: string): Code[] {
  const codes = codesOf(id);
  const complete = id === 'band' || codes.some(({ code }) => code === 'unknown');
  return complete ? codes : [...codes, { code: 'unknown', label: 'Not recorded' }];
}

export const dimensionById = new Map(dimensions.map((dimension) => [dimension.id, dimension]));

/** `set_of_people` → `setOfPeople`: how an id is written as a GraphQL field. */
export function fieldName(id: string): string {
  return id.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}
