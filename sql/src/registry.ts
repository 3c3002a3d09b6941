import { readdirSync } from 'node:fs';
import type { Measure } from './measure.ts';

const folder = new URL('../measures/', import.meta.url);

/** Every measure of `sql/measures`, one per file, in order of file name: a new file is all that a new measure needs. */
export const measures: readonly Measure[] = await Promise.all(
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .map(async (name) => {
      const module: { measure: Measure } = await import(new URL(name, folder).href);
      return module.measure;
    }),
);

/** The measure with this id; throws when there is none. */
export function measureById(id: string): Measure {
  const found = measures.find((measure) => measure.id === id);
  if (!found) throw new Error(`no measure is called "${id}"`);
  return found;
}
