import type { Check, Finding } from './finding.ts';

const count = (n: number) => Math.round(n).toLocaleString('en-GB');
const one = (n: number) => n.toLocaleString('en-GB', { maximumFractionDigits: 1 });
const monthOf = (day: string, form: Intl.DateTimeFormatOptions = { month: 'long' }) =>
  new Intl.DateTimeFormat('en-GB', { ...form, timeZone: 'UTC' }).format(new Date(day));

/** What was found and what to do, for the operator: with the exact numbers, which stay with the operator. */
export function findingText(finding: Finding): string {
  const where =
    finding.shared === null || finding.shared < 2 ? '' : `At ${finding.shared} employers; at the largest of them: `;
  return `\`${finding.name}\` ${where}${sentences[finding.check](finding)}`;
}

const sentences: Record<Check, (finding: Finding) => string> = {
  lost: ({ statistic, base, usual, stopsAt, withLeaving, periodEnd, beforeEnd }) =>
    `${count(statistic)} of ${months(beforeEnd, periodEnd)} ${count(base)} people aren’t in ${monthOf(periodEnd)} (${usual === null ? '' : `usually ${count(usual)}, `}stops at ${count(Math.ceil(stopsAt))}); ${withLeaving === 0 ? 'none has' : withLeaving === 1 ? '1 has' : `${count(withLeaving)} have`} a leaving date. Rows may be missing: ask again.`,
  strangers: ({ statistic, base, stopsAt, periodEnd, beforeEnd }) =>
    `${count(statistic)} of ${monthOf(periodEnd)}’s ${count(base)} people started earlier and weren’t in ${beforeEnd ? monthOf(beforeEnd) : 'the month before'} (stops at ${count(stopsAt)}). Rows were missing then, or pseudonyms changed: ask which.`,
  unchanged: ({ base, usual, what, beforeEnd, periodEnd }) =>
    `nobody joined, left or changed among ${months(beforeEnd, periodEnd)} ${count(base)} people, where ${plural(usual ?? 0)} usual${what ? `; ${what}` : ''}. It may be the file of the month before under a new date: ask for this month’s.`,
  undone: ({ what, beforeEnd }) =>
    `${what}. ${beforeEnd ? `${monthOf(beforeEnd)}’s file` : 'The file before'} and this one may have been swapped: look at both.`,
  values: ({ statistic, base, what, stopsAt }) =>
    `${count(statistic)} of ${count(base)} people seen in both months have another ${what} (stops at ${count(stopsAt)}). A column may have moved or its codes may have changed: look at the file and its layout.`,
  fte: ({ what, stopsAt }) =>
    `${what} (stops at a change of ${one(100 * stopsAt)} %). FTE may be in another unit: look at the column and its layout.`,
  posts: ({ statistic, usual, stopsAt }) =>
    `${count(statistic)} posts more than the usual ${count(usual ?? 0)} for so many people (stops at ${count(stopsAt)}). Rows may be there twice, or several people under one pseudonym.`,
  quarantined: ({ statistic, base, stopsAt }) =>
    `${count(statistic)} of ${count(base)} rows are quarantined, more than usual (stops at ${count(stopsAt)}). The people in them would count as gone: see the reasons and correct the file or its layout.`,
  first: ({ what, base }) =>
    `the first month with its ${count(base)} people is unlike the other employers: ${what}. Look at the columns and codes of its file.`,
  renewed: ({ what }) =>
    `with other pseudonyms than before, it differs in ${what}. Ask the supplier whether all people are in both months.`,
};

const plural = (changes: number) => (Math.round(changes) === 1 ? '1 change is' : `${count(changes)} changes are`);

/** "February’s"; with the year where it is another one. */
function months(before: string | null, now: string): string {
  if (before === null) return 'the month before’s';
  const year = before.slice(0, 4) === now.slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  return `${monthOf(before, { month: 'long', ...year })}’s`;
}

/** How much of the place it is about, to the nearest tenth: no reader can work anything out from it. */
export function shareOf({ check, statistic, base }: Finding): number | null {
  if (check === 'fte') return Math.round(10 * Math.abs(Math.exp(statistic) - 1)) / 10;
  if (check === 'unchanged' || check === 'first' || check === 'renewed') return null;
  return Math.min(1, Math.round((10 * statistic) / base) / 10);
}

/** What readers are told of a finding that was accepted. */
export function readerText(finding: Finding, reason: string): string {
  const share = shareOf(finding);
  const about = share === null ? 'some' : `about ${Math.round(100 * share)} %`;
  const said: Record<Check, string> = {
    lost: `${about} of people were gone from one month to the next`,
    strangers: `${about} of people were new and had started earlier`,
    unchanged: 'nothing at all changed from the month before',
    undone: 'most changes undid those of the month before',
    values: `${about} of people had another ${finding.what}`,
    fte: `the FTE of the same people changed by ${about}`,
    posts: `there were more posts for the same people, by ${about}`,
    quarantined: `${about} of the rows could not be taken`,
    first: `its first month is unlike those of others (${finding.what})`,
    renewed: `people have other pseudonyms, and ${finding.what} differs`,
  };
  return `in ${monthOf(finding.periodEnd, { month: 'long', year: 'numeric' })} ${said[finding.check]}; accepted: ${reason}`;
}
