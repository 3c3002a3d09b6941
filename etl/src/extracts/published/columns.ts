import type { Column } from '../extract.ts';

/** A label as publishers write it. */
export const label = (name: string, meaning: string, example: string): Column => ({
  name,
  kind: 'text',
  required: true,
  filled: true,
  pattern: '.{1,300}',
  meaning,
  example,
});

export const optionalLabel = (name: string, meaning: string, example: string): Column => ({
  ...label(name, meaning, example),
  required: false,
  filled: false,
});

export const areaCode = (name: string, meaning: string, example: string): Column => ({
  name,
  kind: 'reference',
  required: true,
  filled: true,
  pattern: '[A-Z0-9]{2,12}',
  meaning,
  example,
});

/** SQL: a label as a code in lower snake case. `Support to ST&T staff` becomes `support_to_st_and_t_staff`. */
export function snakeCase(sql: string): string {
  return `trim(regexp_replace(replace(lower(${sql}), '&', ' and '), '[^a-z0-9]+', '_', 'g'), '_')`;
}

/** SQL: the kind of an organisation from the publisher's cluster or type, in our words. */
export function organisationKind(sql: string): string {
  return `case when ${sql} ilike 'community%' then 'community' when ${sql} ilike 'acute%' then 'acute' when ${sql} ilike 'mental health%' then 'mental_health'
    when ${sql} ilike 'ambulance%' then 'ambulance' else ${snakeCase(sql)} end`;
}
