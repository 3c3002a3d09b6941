import { AccessRefused, everyone, type Asker } from './asker.ts';
import { bearerOf } from './bearer.ts';
import type { KeyRing } from './key-ring.ts';

/** Everything by which the api knows who asks. */
export class Identities {
  readonly #keys: KeyRing | null;

  constructor({ keys = null }: { keys?: KeyRing | null } = {}) {
    this.#keys = keys;
  }

  /** Who sends this Authorization header; without one, everyone. Throws AccessRefused: who sends one that does not hold is never taken for the public. */
  async askerOf(header: string | undefined): Promise<Asker> {
    const token = bearerOf(header);
    if (token === null) return everyone;
    return (this.#keys ?? noKeys).askerOf(token);
  }

  close(): void {
    this.#keys?.close();
  }
}

const noKeys = {
  askerOf(): never {
    throw new AccessRefused('This key is not known. Ask without a key for public figures.');
  },
};
