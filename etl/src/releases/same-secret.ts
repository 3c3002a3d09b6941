import type { Secret } from '../disclosure/secret.ts';
import { Refusal } from '../refusal.ts';
import type { Manifest } from './manifest.ts';

/**
 * Refuses a secret other than that of the newest release made from extracts. What was drawn before is kept (steps/drawn.ts); wherever that is
 * gone, past periods would be published a second time with other noise, and the two values together have half the variance. Throws Refusal `secret_changed`.
 */
export function refuseOtherSecret(kept: readonly Manifest[], secret: Secret): void {
  const last = kept.filter(({ secretFingerprint }) => secretFingerprint).at(-1);
  if (!last || last.secretFingerprint === secret.fingerprint()) return;
  throw new Refusal(
    'secret_changed',
    `the secret is not the one that release ${last.version} was made with (fingerprints ${secret.fingerprint()} and ${last.secretFingerprint}). Set the secret of before; if it is lost or known to others, read etl/docs/secret.md and run this again with --rekey.`,
  );
}
