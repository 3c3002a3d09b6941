import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { Refusal } from '../refusal.ts';

/** People, and share of the other month’s, and posts a person against those of the other month, from which people were joined. */
const limits = { people: 10, share: 0.6, posts: 1.5 };

/**
 * Refuses extracts in which the people of an organisation collapse from one month to the next while their posts stay: pseudonyms that were cut
 * or rewritten join several people into one. Told in both directions, for it may be the earlier month that is wrong.
 */
export async function refuseJoinedPeople(connection: DuckDBConnection): Promise<void> {
  const found = await rowsOf<{
    organisation: string;
    fewer: string;
    more: string;
    few: number;
    many: number;
    few_posts: number;
    many_posts: number;
  }>(
    connection,
    `with counted as (
       select organisation_code, period_end, count(*)::integer as posts, count(distinct person_id)::integer as people from workforce group by all
     ), pair as (
       select organisation_code, period_end, posts, people, lag(period_end) over month as other_end, lag(posts) over month as other_posts, lag(people) over month as other_people
       from counted window month as (partition by organisation_code order by period_end)
     ), told as (
       select organisation_code, people < other_people as later,
         if(later, period_end, other_end) as fewer, if(later, other_end, period_end) as more,
         if(later, people, other_people) as few, if(later, other_people, people) as many,
         if(later, posts, other_posts) as few_posts, if(later, other_posts, posts) as many_posts
       from pair where other_end is not null
     )
     select organisation_code as organisation, strftime(fewer, '%B %Y') as fewer, strftime(more, '%B %Y') as more, few, many, few_posts, many_posts
     from told where many >= ${limits.people} and few < ${limits.share} * many and few_posts / few > ${limits.posts} * many_posts / many
     order by many desc, organisation, told.fewer limit 6`,
  );
  if (found.length === 0) return;
  const n = (count: number) => count.toLocaleString('en-GB');
  throw new Refusal(
    'joined_people',
    'The number of people collapses from one month to another while their posts stay, as if pseudonyms had been cut or rewritten: nothing was built.',
    [
      ...found
        .slice(0, 5)
        .map(
          ({ organisation, fewer, more, few, many, few_posts, many_posts }) =>
            `${organisation}: ${n(few)} people with ${n(few_posts)} posts in ${fewer}, ${n(many)} people with ${n(many_posts)} in ${more}.`,
        ),
      ...(found.length > 5 ? ['And others.'] : []),
      'Ask the supplier to export those months again, with the pseudonyms as text: each person has one of their own, the same in every month.',
    ],
  );
}
