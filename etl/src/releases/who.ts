import { userInfo } from 'node:os';

/** Who runs this command, for the log: the name given, or the account's. */
export function who(by: string | undefined): string {
  if (by) return by;
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
}
