import type { DuckDBConnection } from '@duckdb/node-api';
import { rowsOf } from '@ahp/sql/open';
import { Option, InvalidArgumentError } from 'commander';
import { Refusal } from '../refusal.ts';
import { quasiIdentifiers, type Uniqueness } from './uniqueness.ts';

/**
 * Of people whose employers have 50 to 400 in these professions, organisation, occupation, band and age band single out 0.5 (and 0.7 at most in an
 * employer of 100); with exact ages, or codes of sites, it is 0.9. Fewer people than `people` are that rare by nature.
 */
export const usual = { share: 0.8, people: 1000 };

/** The option of the commands that load: a percentage, read to a share. */
export const uniqueLimitOption = () =>
  new Option(
    '--unique-limit <percent>',
    `refuse when more people than that are the only one with their organisation, occupation, band and one column more (${100 * usual.share} where there are ${usual.people.toLocaleString('en-GB')} people; 100 never refuses)`,
  )
    .env('AHP_UNIQUE_LIMIT')
    .argParser((text) => {
      const percent = /^\d{1,3}(\.\d+)?$/.test(text) ? Number(text) : NaN;
      if (percent >= 1 && percent <= 100) return percent / 100;
      throw new InvalidArgumentError('a percentage from 1 to 100 is wanted, such as 90.');
    });

/** What organisation, occupation and band single out alone, and with each column that adds to it, the most telling first. */
function singledOut(counts: readonly Uniqueness[]): { post: Uniqueness; more: Uniqueness[] } | null {
  const post = counts.find(({ by }) => by === 'post');
  if (!post?.people) return null;
  const columns = quasiIdentifiers('person');
  const more = counts.filter(({ by, one }) => columns.includes(by) && one > post.one);
  return { post, more: more.toSorted((a, b) => b.one - a.one) };
}

const byPost = ({ post, more }: { post: Uniqueness; more: Uniqueness[] }) =>
  [
    `organisation, occupation and band ${percent(post)}`,
    ...more.map((one) => `with ${words(one.by)} ${percent(one)}`),
  ].join(', ');

/** Refuses people who stand out too much; `limit` is a share, or undefined for what is usual. The counts are in the table `uniqueness`. */
export async function refuseUniques(
  connection: DuckDBConnection,
  counts: readonly Uniqueness[],
  limit: number | undefined,
): Promise<void> {
  const found = tooUnique(counts, limit);
  if (found === null) return;
  const where = await rowsOf<Uniqueness>(
    connection,
    'from uniqueness where "by" = $by and organisation is not null order by one desc, organisation limit 3',
    { by: found.by },
  );
  const most = where.map(({ organisation, one, people }) => `${organisation} (${one} of ${people})`);
  throw new Refusal('too_unique', found.problem, [
    found.columns,
    `Most of them are in ${most.join(', ')}.`,
    found.remedy,
  ]);
}

/** Why people stand out too much, in sentences, and by which column most; or null. */
export function tooUnique(
  counts: readonly Uniqueness[],
  limit: number | undefined,
): { by: string; problem: string; columns: string; remedy: string } | null {
  const found = singledOut(counts);
  if (found === null || found.post.people < (limit === undefined ? usual.people : 1)) return null;
  const share = limit ?? usual.share;
  const worst = found.more[0] ?? found.post;
  if (worst.one <= share * worst.people) return null;
  const further = worst === found.post ? ' and band' : `, band and ${words(worst.by)}`;
  return {
    by: worst.by,
    problem: `${percent(worst)} of ${whole(worst.people)} people are the only one with their organisation, occupation${further}; the limit is ${shareText(share)}.`,
    columns: `What singles people out: ${byPost(found)}.`,
    remedy:
      'Have the suppliers send coarser codes (the employer in place of its sites, wider bands); or, if people stand out because their employers are small, set another limit (--unique-limit 90).',
  };
}

/** How far people stand out, in two lines for the operator; none without people. */
export function uniquenessText(counts: readonly Uniqueness[]): string[] {
  const found = singledOut(counts);
  const all = counts.find(({ by }) => by === 'all');
  if (found === null || all === undefined) return [];
  const share = (n: number) => shareText(n / all.people);
  return [
    `Of ${whole(all.people)} people in the latest month ${share(all.one)} are the only one with all that is recorded of them, ${share(all.two)} one of two, ${share(all.under_five)} one of fewer than five.`,
    `The only one by ${byPost(found)}.`,
  ];
}

const whole = (n: number) => n.toLocaleString('en-GB');
const shareText = (share: number) => `${(100 * share).toLocaleString('en-GB', { maximumFractionDigits: 1 })} %`;
const percent = ({ one, people }: Uniqueness) => shareText(one / people);
const words = (column: string) => column.replaceAll('_', ' ');
