import type { Viewer } from './viewer.ts';

type Variables = Readonly<Record<string, unknown>>;

/** The organisation that a page is about, by its address; null for pages about wider places. */
export function organisationOf({ params, url }: { params: Partial<Record<string, string>>; url: URL }): string | null {
  return params.ods ?? (url.pathname.startsWith('/scorecard') ? url.searchParams.get('organisation') : null);
}

/** Whether a page shows the viewer their own employer's figures. */
export const isOwnPage = (viewer: Viewer | null, organisation: string | null): boolean =>
  viewer?.audience === 'own' && !viewer.asPublic && viewer.organisations.some(({ code }) => code === organisation);

/**
 * Whether a question is asked as the viewer, or as the public. Trusted figures are of every place. Own figures are of one's own employer alone, so
 * what is asked beside them about anybody else is asked as the public.
 */
export function asksAsViewer(viewer: Viewer | null, ownPage: boolean, variables: Variables): boolean {
  if (!viewer || viewer.asPublic) return false;
  if (viewer.audience !== 'own') return viewer.audience === 'trusted';
  const places = placesOf(variables);
  return ownPage && places.length > 0 && places.every((code) => viewer.organisations.some((own) => own.code === code));
}

/** Every place that the variables of a document name, as codes: those of employers, and "*" where one is about a wider place or about none. */
function placesOf(variables: Variables): string[] {
  if (typeof variables.organisation === 'string') return [variables.organisation];
  const asked = Object.values(variables).filter((value) => value && typeof value === 'object') as Variables[];
  const wheres = asked.filter((value) => 'organisation' in value);
  if (wheres.length === 0) return ['*'];
  return wheres.flatMap((where) => (Array.isArray(where.organisation) ? (where.organisation as string[]) : ['*']));
}
