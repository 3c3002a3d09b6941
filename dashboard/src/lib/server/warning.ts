/** A warning of the API without what only somebody who writes queries can do about it: a last part with a name in back quotes. */
export const forReaders = (message: string): string => message.replace(/; `[^`]*`[^.]*\.$/, '.');
