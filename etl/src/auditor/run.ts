import type { Attack, Outcome } from './attack.ts';
import type { Context } from './context.ts';

/** An attack and what came of it. */
export interface Result {
  attack: Attack;
  outcome: Outcome;
  seconds: number;
}

/** Runs attacks one after the other. One that breaks down has not been withstood: it counts as failed. */
export async function runAttacks(
  attacks: readonly Attack[],
  context: Context,
  onStep: (done: number, total: number, what: string) => void = () => {},
): Promise<Result[]> {
  const results: Result[] = [];
  for (const [done, attack] of attacks.entries()) {
    onStep(done, attacks.length, attack.title);
    const started = performance.now();
    const outcome = await attack
      .run(context)
      .catch((error: Error) => ({ figure: `broke down: ${error.message}`, passed: false }));
    results.push({ attack, outcome, seconds: (performance.now() - started) / 1000 });
  }
  onStep(attacks.length, attacks.length, '');
  return results;
}
