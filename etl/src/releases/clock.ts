import { readLog } from './log.ts';

/** Clocks of machines differ by minutes. */
const tolerance = 10 * 60_000;

/**
 * A sentence when the log has an entry that lies ahead: the clock was wrong then, or is now. Embargoes go by the clock, so somebody has to look; nothing is
 * refused, for a log that is only added to would refuse for ever.
 */
export function clockNote(data: string, now = new Date()): string | undefined {
  const latest = readLog(data)
    .map(({ at }) => Date.parse(at))
    .reduce((a, b) => Math.max(a, b), 0);
  if (latest <= now.getTime() + tolerance) return undefined;
  const said = (moment: number) => new Date(moment).toISOString().slice(0, 16).replace('T', ' ');
  return `Look at the clock of this machine: it says ${said(now.getTime())} (UTC), and the log has an entry of ${said(latest)}. Embargoes go by this clock.`;
}
