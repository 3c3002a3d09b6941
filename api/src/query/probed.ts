import type { GraphQLResolveInfo } from 'graphql';
import type { OpenRelease } from '../release/open-release.ts';
import { candidatesFor, sentenceOf, type Candidate } from './alternatives.ts';
import { documentWith } from './document.ts';
import type { Plan } from './plan.ts';
import { Problems } from './problems.ts';
import type { Question } from './question.ts';
import { readPlans } from './reading.ts';
import type { Alternative } from './refusal.ts';
import { rowsOf } from './rows.ts';
import type { Asked } from './selection.ts';
import { isShown } from './status.ts';

/** How many alternatives are offered; how many are tried for it, and of how many cells together. */
const offered = 3;
const probes = 12;
const cells = 40_000;

/** What there is to see in an answer. */
interface Seen {
  candidate: Candidate;
  figures: number;
  shown: number;
  sample: string | null;
}

/**
 * The questions nearest to one that is refused whose answers hold figures. Each is tried, cells and all, before it is offered; those with fewest changes
 * come first, then those of which the greatest share can be shown. `read` says where a candidate is read, and `planned` gives Problems for what cannot be.
 */
export async function alternativesTo(
  question: Question,
  planned: (candidate: Question) => Plan | Problems,
  openFor: (candidate: Question) => OpenRelease,
  figures: readonly Asked[],
  info: GraphQLResolveInfo,
): Promise<Alternative[]> {
  const found: Seen[] = [];
  let [tried, read] = [0, 0];
  for (const candidate of candidatesFor(question, planned, openFor(question).catalogue)) {
    const nearest = found[0]?.candidate.changes.length ?? Infinity;
    if (found.length >= offered && candidate.changes.length > nearest) break;
    const made = planned(candidate.question) as Plan;
    if (read + made.cost > cells) continue;
    if ((tried += 1) > probes) break;
    read += made.cost;
    const seen = await look(candidate, made, openFor(candidate.question), figures);
    if (seen.shown > 0) found.push(seen);
  }
  const shareOf = ({ shown, figures }: Seen) => shown / figures;
  found.sort((a, b) => a.candidate.changes.length - b.candidate.changes.length || shareOf(b) - shareOf(a));
  return found.slice(0, offered).map(({ candidate, ...seen }) => ({
    description: sentenceOf(candidate.changes),
    query: documentWith(info, candidate.question),
    changes: candidate.changes,
    figures: seen.figures,
    shown: seen.shown,
    sample: seen.sample,
  }));
}

async function look(candidate: Candidate, made: Plan, open: OpenRelease, figures: readonly Asked[]): Promise<Seen> {
  const [read] = await readPlans(open, [made], figures);
  const rows = rowsOf(made, read!)
    .flat()
    .slice(0, made.first * made.periods.length);
  // A question without measures asks for its rows.
  if (figures.length === 0) return { candidate, figures: rows.length, shown: rows.length, sample: null };
  const all = rows.flatMap((row) => [...row.figures.values()].map((figure) => ({ row, figure })));
  const shown = all.filter(({ figure }) => isShown(figure.status));
  const sample = shown.at(-1);
  return {
    candidate,
    figures: all.length,
    shown: shown.length,
    sample: sample
      ? `${sample.figure.measure.title}: ${sample.figure.display} (${[sample.row.area.label, ...Object.values(sample.row.categories).map(({ label }) => label), sample.row.period.label].join(', ')})`
      : null,
  };
}
