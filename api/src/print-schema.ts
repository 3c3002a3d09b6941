import { lexicographicSortSchema, printSchema as print } from 'graphql';
import { schema } from './schema/index.ts';

/** The schema as text, sorted by name: what `api/schema.graphql` holds. */
export function printSchema(): string {
  return `${print(lexicographicSortSchema(schema))}\n`;
}
