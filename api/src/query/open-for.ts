import type { GraphQLResolveInfo } from 'graphql';
import type { OpenRelease } from '../release/open-release.ts';
import { unknownRelease, type Context } from './context.ts';
import { documentWith } from './document.ts';
import { untried, type Refusal } from './refusal.ts';
import { scopeOf, type PlacesNamed } from './scope.ts';

/** The release asked for, as whoever asks is told of the places named, or the refusal that says there is none. */
export async function openFor(
  root: string,
  given: { release?: string | null } & PlacesNamed,
  context: Context,
  info: GraphQLResolveInfo,
): Promise<OpenRelease | Refusal> {
  const open = await context.find(given.release, scopeOf(context.asker, given));
  if (open) return open;
  const alternatives = [
    {
      ...untried,
      description: 'Use the current release.',
      changes: ['use the current release'],
      query: documentWith(info, { ...given, release: null }),
    },
  ];
  return context.refuse([{ code: 'UNKNOWN_RELEASE', message: unknownRelease, path: [root, 'release'] }], alternatives);
}
