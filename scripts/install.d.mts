/** Folder of the checkout. */
export const root: string;
/** The Node 24 of the lock file. */
export const node24: string;
/** Installs the locked dependencies unless just these are installed already. */
export function ensureInstalled(): void;
