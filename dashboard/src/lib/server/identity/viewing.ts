import { isOwnPage } from './asking-as.ts';
import { signIn } from './settings.ts';
import type { Viewer } from './viewer.ts';

/** What every page says about as whom it is seen. */
export interface Viewing {
  /** Whether one can sign in at all. */
  offered: boolean;
  signedIn: boolean;
  /** As whom, in words. */
  as: string;
  /** What that means for the figures of this page. */
  note: string;
  /** Whether the figures of this page are not for publication. */
  isPrivate: boolean;
  /** Who has signed in, in words. */
  name: string;
  /** The other way in which the figures can be seen, as a button says it. */
  change: { label: string; asPublic: boolean } | null;
  /** The reader's own organisations. */
  own: { code: string; label: string }[];
  /** This page, to come back to. */
  here: string;
}

export function viewingOf(viewer: Viewer | null, organisation: string | null, url: URL): Viewing {
  const here = url.pathname + url.search;
  const own = viewer?.organisations ?? [];
  const shared = { offered: signIn !== null, signedIn: viewer !== null, own, here, name: nameOf(viewer) };
  const asPublic = { as: 'the public', isPrivate: false };
  if (!viewer) return { ...shared, ...asPublic, note: '', change: null };
  if (!viewer.confirmed)
    return {
      ...shared,
      ...asPublic,
      note: 'Who you are could not be confirmed just now, so these are the public figures.',
      change: null,
    };
  if (viewer.audience === 'public')
    return { ...shared, ...asPublic, note: 'Your account shows what everybody sees.', change: null };
  if (viewer.asPublic)
    return {
      ...shared,
      ...asPublic,
      note: 'You have chosen the public figures.',
      change: {
        label: viewer.audience === 'own' ? 'Show your own figures' : 'Show the trusted figures',
        asPublic: false,
      },
    };
  const change = { label: 'Show the public figures', asPublic: true };
  if (viewer.audience === 'trusted')
    return {
      ...shared,
      as: 'a trusted analyst',
      note: 'Trusted figures: not for publication.',
      isPrivate: true,
      change,
    };
  const mine = own.find(({ code }) => code === organisation);
  if (!isOwnPage(viewer, organisation) || !mine)
    return { ...shared, ...asPublic, note: 'Your own figures are on the pages of your organisation.', change: null };
  return {
    ...shared,
    as: mine.label,
    note: 'Figures of your own organisation, not for publication; those of others beside them are the public ones.',
    isPrivate: true,
    change,
  };
}

function nameOf(viewer: Viewer | null): string {
  if (!viewer) return '';
  return viewer.name ? `${viewer.name} (${viewer.issuer})` : viewer.issuer;
}
