import { getRequestEvent } from '$app/server';
import type { Keys } from '#lib/state/url-state.ts';

/** The release that the reader's address names, as in a cited link; undefined for the current one. */
export function wantedRelease(): string | undefined {
  return getRequestEvent().url.searchParams.get('release') || undefined;
}

/** The release as a filter of a page, while its address names one: links of the page then keep it, and a reader can drop it. */
export function releaseKey(): Keys {
  const version = wantedRelease();
  return version
    ? { release: { label: 'Release', options: [{ value: version, label: version }], none: 'The current one' } }
    : {};
}

/** An address of this site with the release that the reader's address names. */
export function cited(address: string): string {
  const version = wantedRelease();
  return version ? `${address}${address.includes('?') ? '&' : '?'}release=${encodeURIComponent(version)}` : address;
}
