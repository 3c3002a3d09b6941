import { everyone, type Asker } from '../identity/asker.ts';
import { geographies, type Geography } from '../release/dimension.ts';
import type { Question } from './question.ts';

/** What a question says of places. */
export interface PlacesNamed extends Partial<Pick<Question, 'where' | 'level'>> {
  by?: readonly string[] | string | null;
}

/**
 * As whom a question is answered. Who may see employers’ own figures is told these where the question names no place, or none but these employers;
 * about any other place they are told what everyone is told.
 */
export function scopeOf(asker: Asker, { where, by, level }: PlacesNamed): Asker {
  if (asker.audience !== 'own') return asker;
  const named = where?.organisation;
  if (named) return named.every((code) => asker.organisations.includes(code)) ? asker : everyone;
  const isPlace = (name: string | null | undefined) => name === 'uk' || geographies.includes(name as Geography);
  const elsewhere =
    isPlace(level) || [by ?? []].flat().some(isPlace) || geographies.some((geography) => where?.[geography]);
  return elsewhere ? everyone : asker;
}
