/** An answer that a kind of file cannot hold; the message says what can be done instead. */
export class Unwritable extends Error {}

/** The one table of an answer, for files that hold one. Throws `Unwritable` when there are more, or none. */
export function onlyOne<Table extends { name: string }>(tables: readonly Table[], kind: string): Table {
  const [table, ...others] = tables;
  if (table && others.length === 0) return table;
  const names = tables.map(({ name }) => name).join(', ');
  throw new Unwritable(
    names
      ? `${kind} holds one table: ask for one of ${names}, or take a ZIP, a workbook or CSV.`
      : `${kind} holds the rows of staff, turnover and the other subjects: take this answer as CSV or JSON.`,
  );
}
