import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { ExtractRefusal } from './extract-refusal.ts';
import type { Match } from './match.ts';
import { formatsOf } from './typing.ts';

/**
 * Refuses a file whose dates are declared as day first and are month first: some of them cannot be otherwise (03/31/2026) and none shows the
 * contrary, so the others (03/04/2026) would be read as another day without anybody noticing.
 */
export async function refuseMonthFirst(
  connection: DuckDBConnection,
  file: string,
  { extract, layout, positions }: Match,
  line: string,
): Promise<void> {
  const columns = extract.columns.filter(
    (column) =>
      column.kind === 'date' &&
      column.name in positions &&
      formatsOf(column, layout).some((format) => format.startsWith('DD/MM') || format.startsWith('DD-MM')),
  );
  for (const { name } of columns) {
    const [found] = await rowsOf<{ line: number | null; against: boolean }>(
      connection,
      `select (select min(line)::integer from (select ${line} as line, unnest(problems) as problem from checked where problems is not null)
          where problem.column_name = '${name}' and regexp_full_match(problem.value, '(0?[1-9]|1[0-2])[/-](1[3-9]|2[0-9]|3[01])[/-][0-9]{4}')) as line,
         exists (from checked where day("${name}") > 12) as against`,
    );
    if (found!.line !== null && !found!.against)
      throw new ExtractRefusal(
        'structure',
        file,
        `The dates in “${name}” look like month first, and this layout has them day first.`,
        'Write dates as 2026-03-31, or correct the layout.',
        { line: found!.line, column: name },
      );
  }
}
