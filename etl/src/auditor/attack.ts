import type { Audience } from '../disclosure/audiences.ts';
import type { Context } from './context.ts';

/** What came of an attack: its figure in words and whether the criterion is met. Never a true count, a key or a name. */
export interface Outcome {
  figure: string;
  passed: boolean;
}

/** One of the attacks. Criteria come from measurements of the method and are fixed: when one fails, the policy is tightened. */
export interface Attack {
  number: number;
  id: string;
  title: string;
  criterion: string;
  /** Whether every build runs it, on the files that it is about to publish; a failed one blocks. */
  fast: boolean;
  /** Whether it talks to a running api. */
  asks: boolean;
  run(context: Context): Promise<Outcome>;
}

/** The outcomes of one attack on several targets (audiences, levels) as one. */
export function together(outcomes: readonly (Outcome & { of: string })[]): Outcome {
  return {
    figure: outcomes.map(({ of, figure }) => `${of}: ${figure}`).join('; '),
    passed: outcomes.length > 0 && outcomes.every(({ passed }) => passed),
  };
}

/** Attacks with what each audience sees, and with what all of them see together: whoever is trusted reads the public figures too. */
export async function onEachReader(
  context: Context,
  attack: (context: Context, readers: readonly Audience[]) => Promise<Outcome>,
): Promise<Outcome> {
  const alone = context.noisy.map((audience) => [audience]);
  const outcomes = [];
  for (const readers of alone.length > 1 ? [...alone, [...context.noisy]] : alone)
    outcomes.push({ of: readers.map(({ id }) => id).join(' and '), ...(await attack(context, readers)) });
  return together(outcomes);
}

/** Attacks every audience whose counts are changed, one after the other: they share the workshop's temporary tables. */
export async function onEachAudience(
  context: Context,
  attack: (context: Context, audience: Audience) => Promise<Outcome> | Outcome,
): Promise<Outcome> {
  const outcomes = [];
  for (const audience of context.noisy) outcomes.push({ of: audience.id, ...(await attack(context, audience)) });
  return together(outcomes);
}

/** What an attack comes to where there are too few people for its criterion to mean anything, such as in a trial of ten rows. */
export const tooFew = (what: string): Outcome => ({ figure: `too few ${what} to judge`, passed: true });

/** 0.1234 as “12.3%”. */
export const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)}%`;
