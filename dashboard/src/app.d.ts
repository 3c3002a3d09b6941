import type { Session } from '#lib/server/identity/session.ts';
import type { Viewer } from '#lib/server/identity/viewer.ts';

declare global {
  namespace App {
    interface Error {
      message: string;
    }
    interface Locals {
      /** What this site remembers of a reader who has signed in. */
      session: Session | null;
      /** The reader as the API knows them; null for who has not signed in. */
      viewer: Viewer | null;
      /** How this site vouches for the reader to the API; null for who has not signed in. */
      authorization: () => Promise<string | null>;
    }
  }
}

export {};
