import { everyone } from './asker.ts';
import type { Releases } from '../release/releases.ts';

/** Those of these organisations of which the current release has nothing. */
export async function unknownOf(releases: Releases, organisations: readonly string[]): Promise<string[]> {
  if (organisations.length === 0) return [];
  const held = await releases.acquire(null, everyone);
  const unknown = organisations.filter((code) => !held?.release.catalogue.area('organisation', code));
  held?.done();
  return unknown;
}
