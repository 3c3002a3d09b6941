import { Refusal } from '../refusal.ts';
import type { ManifestCheck } from './manifest.ts';

/** Throws Refusal `checks_failed` when a check that blocks did not pass, naming each; `serving` is the release that stays current. */
export function refuseFailedChecks(checks: readonly ManifestCheck[], serving: string | null): void {
  const failed = checks.filter(({ passed, blocks }) => blocks && !passed);
  if (failed.length === 0) return;
  throw new Refusal(
    'checks_failed',
    `${failed.length} check${failed.length > 1 ? 's' : ''} failed; nothing was published${serving ? ` and release ${serving} keeps serving` : ''}.`,
    failed.map(({ title, figure }) => `${title}: ${figure}`),
  );
}
