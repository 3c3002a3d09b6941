import type { ReleaseSchema } from '@ahp/sql/schema';
import { sql, type Kysely } from 'kysely';
import type { VacancyMethod } from './catalogue.ts';
import { holdsTable } from './holds-table.ts';

/** By which methods the vacancies of an area were counted in a period: `grain|end|area`. */
export async function readVacancyMethods(db: Kysely<ReleaseSchema>): Promise<Map<string, VacancyMethod[]>> {
  if (!(await holdsTable(db, 'vacancy_method'))) return new Map();
  const rows = await db
    .selectFrom('vacancy_method')
    .select(['grain', sql<string>`period_end::varchar`.as('end'), 'area', 'code', 'label', 'meaning'])
    .orderBy('code')
    .execute();
  const methods = new Map(rows.map(({ code, label, meaning }) => [code, { code, label, meaning }]));
  const byArea = Map.groupBy(rows, ({ grain, end, area }) => `${grain}|${end}|${area}`);
  return new Map([...byArea].map(([key, some]) => [key, some.map(({ code }) => methods.get(code)!)]));
}
