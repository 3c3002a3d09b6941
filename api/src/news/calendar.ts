/** A moment in a calendar. */
export interface CalendarEvent {
  uid: string;
  at: string;
  title: string;
  text: string;
  /** When this was last known to be so. */
  stamp: string;
  provisional: boolean;
}

/** A calendar as iCalendar has it (RFC 5545). */
export function calendarOf(name: string, events: readonly CalendarEvent[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//AHP support workforce//Releases//EN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(name)}`,
    ...events.flatMap(({ uid, at, title, text, stamp, provisional }) => [
      'BEGIN:VEVENT',
      `UID:${escaped(uid)}`,
      `DTSTAMP:${utc(stamp)}`,
      `DTSTART:${utc(at)}`,
      `SUMMARY:${escaped(title)}`,
      `DESCRIPTION:${escaped(text)}`,
      `STATUS:${provisional ? 'TENTATIVE' : 'CONFIRMED'}`,
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

/** `2026-11-30T09:30:00Z` → `20261130T093000Z`. */
const utc = (moment: string) => `${new Date(moment).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

const escaped = (text: string) =>
  text
    .replaceAll(/[\\;,]/g, (sign) => `\\${sign}`)
    .replaceAll(/\r\n|\r|\n/g, '\\n')

    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');

/** A line in pieces of at most 75 bytes, each but the first behind a blank; no character is cut. */
function folded(line: string): string {
  const pieces: string[] = [];
  let piece = '';
  for (const character of line) {
    const most = pieces.length === 0 ? 75 : 74;
    if (Buffer.byteLength(piece + character) > most) {
      pieces.push(piece);
      piece = character;
    } else piece += character;
  }
  return [...pieces, piece].join('\r\n ');
}
