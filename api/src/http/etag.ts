/** Encodings in which answers are sent, the better one first. */
export const encodings = ['br', 'gzip'] as const;
export type Encoding = (typeof encodings)[number];

/** The ETag of an answer in an encoding: `"abc"` → `"abc-br"`, so that no cache takes the bytes of one for the other. */
export const etagIn = (etag: string, encoding: Encoding): string => `${etag.slice(0, -1)}-${encoding}"`;

/** Whether a client or a cache has this answer already, in whatever encoding. Caches on the way may have made the tag a weak one. */
export function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  return (ifNoneMatch ?? '').split(',').some((part) => {
    const tag = part.trim().replace(/^W\//, '');
    return tag === etag || encodings.some((encoding) => tag === etagIn(etag, encoding));
  });
}

/** The best encoding that a client takes, or null for none: `gzip, br;q=0` → gzip. */
export function encodingFor(acceptEncoding: string | undefined): Encoding | null {
  const taken = new Map(
    (acceptEncoding ?? '').split(',').map((part) => {
      const [name, ...parameters] = part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*/);
      const q = parameters.find((one) => one.startsWith('q='));
      return [name!, q === undefined ? 1 : Number(q.slice(2))] as const;
    }),
  );
  return encodings.find((encoding) => (taken.get(encoding) ?? taken.get('*') ?? 0) > 0) ?? null;
}
