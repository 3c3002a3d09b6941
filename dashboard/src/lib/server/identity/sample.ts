import { catalogue } from '#lib/server/catalogue.ts';

/** Whether the figures are of invented people: only then may anybody be one of the sample's. */
export async function isSample(): Promise<boolean> {
  return (await catalogue()).release.synthetic;
}
