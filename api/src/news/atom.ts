/** One entry of a feed. */
export interface AtomEntry {
  id: string;
  title: string;
  /** A moment, as 2026-11-30T09:30:00Z. */
  updated: string;
  text: string;
  link?: string;
}

export interface AtomFeed {
  id: string;
  title: string;
  /** Address of the feed itself. */
  self: string;
  updated: string;
  entries: readonly AtomEntry[];
}

/** A feed as Atom has it (RFC 4287). */
export function atomOf({ id, title, self, updated, entries }: AtomFeed): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">',
    `  <id>${xml(id)}</id>`,
    `  <title>${xml(title)}</title>`,
    `  <updated>${xml(updated)}</updated>`,
    `  <link rel="self" type="application/atom+xml" href="${xml(self)}"/>`,
    '  <author><name>AHP support workforce</name></author>',
    ...entries.map((entry) =>
      [
        '  <entry>',
        `    <id>${xml(entry.id)}</id>`,
        `    <title>${xml(entry.title)}</title>`,
        `    <updated>${xml(entry.updated)}</updated>`,
        ...(entry.link ? [`    <link rel="alternate" href="${xml(entry.link)}"/>`] : []),
        `    <content type="text">${xml(entry.text)}</content>`,
        '  </entry>',
      ].join('\n'),
    ),
    '</feed>',
    '',
  ].join('\n');
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text inside XML, without the characters that XML cannot hold. */
export const xml = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/[&<>"]/g, (sign) => escapes[sign]!);
