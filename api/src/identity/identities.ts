import { AccessRefused, everyone, type Asker } from './asker.ts';
import { bearerOf } from './bearer.ts';
import type { KeyRing } from './key-ring.ts';
import type { SignedTokens } from './signed-tokens.ts';

/** Everything by which the api knows who asks. */
export class Identities {
  readonly #keys: KeyRing | null;
  readonly #tokens: SignedTokens | null;

  constructor({ keys = null, tokens = null }: { keys?: KeyRing | null; tokens?: SignedTokens | null } = {}) {
    this.#keys = keys;
    this.#tokens = tokens;
  }

  /**
   * Who sends this Authorization header; without one, everyone. Throws AccessRefused, or IdentityUnavailable: who sends one that does not hold is
   * never taken for the public.
   */
  async askerOf(header: string | undefined): Promise<Asker> {
    const token = bearerOf(header);
    if (token === null) return everyone;
    const known = token.split('.').length === 3 ? this.#tokens : this.#keys;
    if (!known) throw new AccessRefused('This key is not known. Ask without a key for public figures.');
    return known.askerOf(token);
  }

  close(): void {
    this.#keys?.close();
    this.#tokens?.close();
  }
}
