import { Refusal } from '../refusal.ts';
import { listReleases } from './folder.ts';
import { publishApproved } from './life.ts';

const aMinute = 60_000;

/** Approved releases under embargo, the earliest first. */
export function embargoed(data: string): { version: string; until: number }[] {
  return listReleases(data)
    .filter(({ state, embargoUntil }) => state === 'approved' && embargoUntil !== null)
    .map(({ version, embargoUntil }) => ({ version, until: Date.parse(embargoUntil!) }))
    .sort((a, b) => a.until - b.until);
}

/** Publishes every approved release whose embargo has passed. One that cannot be published does not stop the others. */
export async function publishDue(
  data: string,
  by: string,
  now = new Date(),
): Promise<{ published: string[]; refused: Refusal[] }> {
  const published: string[] = [];
  const refused: Refusal[] = [];
  for (const { version, until } of embargoed(data)) {
    if (until > now.getTime()) continue;
    try {
      await publishApproved(data, version, by, now);
      published.push(version);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refused.push(error);
    }
  }
  return { published, refused };
}

/** Resolves when the next embargo passes, to the second; looks anew every minute, for what is approved meanwhile. */
export async function nextDue(data: string): Promise<void> {
  for (;;) {
    const [next] = embargoed(data);
    if (!next || next.until <= Date.now()) return;
    await new Promise((passed) => setTimeout(passed, Math.min(aMinute, next.until - Date.now())));
  }
}
