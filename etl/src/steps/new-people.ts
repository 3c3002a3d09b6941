import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { Refusal } from '../refusal.ts';

/**
 * Refuses extracts in which the people of an organisation are all others from one month to the next: their pseudonyms were drawn anew, and everybody
 * would count as leaving and joining. `accepted`: somebody has made sure that they are other people; the report on the data still tells of it.
 */
export async function refuseNewPeople(connection: DuckDBConnection, accepted = false): Promise<void> {
  if (accepted) return;
  const found = await rowsOf<{ organisation: string; opening: string; closing: string; before: number; after: number }>(
    connection,
    `select organisation, strftime(opening, '%B %Y') as opening, strftime(closing, '%B %Y') as closing, people_before as before, people_after as after
     from new_people order by people_after desc, organisation, new_people.closing limit 6`,
  );
  if (found.length === 0) return;
  throw new Refusal(
    'new_people',
    'Hardly anybody is seen again from one month to the next, so that everybody would count as leaving and joining: nothing was built.',
    [
      ...found
        .slice(0, 5)
        .map(
          ({ organisation, opening, closing, before, after }) =>
            `${organisation}: ${before} people in ${opening}, ${after} in ${closing}, and fewer than one in five in both.`,
        ),
      ...(found.length > 5 ? ['And others.'] : []),
      'Ask the supplier for the pseudonyms of the months before: the same person has the same one in every extract. If they are other people, build with --new-people.',
    ],
  );
}
