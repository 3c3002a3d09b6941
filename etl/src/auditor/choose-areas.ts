import { rowsOf } from '@ahp/sql/open';
import { areasFor, type Context } from './context.ts';

/** The fewest small counts on which a share is judged: from fewer, chance alone moves it by more than the criterion's margin. */
export const enoughCells = 500;

/** Areas of a level, of 20 people or more, in an order that is always the same for the same extracts: by chance, nations by size. */
export async function areasOf({ workshop }: Context, level: string): Promise<string[]> {
  const rows = await rowsOf<{ area: string }>(
    workshop,
    `select area::varchar as area from grouped
     where "set" = '' and tally = 'headcount' and grain = 'year' and level = '${level}' and n >= 20
       and period_end = (select max(period_end) from grouped where grain = 'year' and tally = 'headcount')
     order by ${level === 'nation' ? 'n' : 'md5(area::varchar)'}`,
  );
  return rows.map(({ area }) => area);
}

/** Attacks area after area: as many as the audit is set to, and more where tables are so few that too little was seen (but not nothing). */
export async function overAreas(
  context: Context,
  level: string,
  attack: (area: string) => Promise<{ cells: number }>,
): Promise<void> {
  for (const [done, area] of (await areasOf(context, level)).entries()) {
    const { cells } = await attack(area);
    if (done + 1 >= areasFor(context, level) && (cells >= enoughCells || cells === 0)) return;
  }
}
