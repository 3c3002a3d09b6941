import type { Change } from './manifest.ts';

const shape = /^\d+\.\d+\.\d+$/;

/** Whether a text is a version, such as "1.10.0", and so the name of a release folder. */
export const isVersion = (text: string): boolean => shape.test(text);

/** Orders "1.9.0" before "1.10.0". */
export function compareVersions(a: string, b: string): number {
  const [x, y] = [a, b].map((version) => version.split('.').map(Number));
  return x![0]! - y![0]! || x![1]! - y![1]! || x![2]! - y![2]!;
}

/**
 * The version after `latest`, from what changed; "1.0.0" is the first. The rule of the Department for Education's Explore Education
 * Statistics: major when something was removed (a query that worked may fail), minor when something was added or named anew, patch when
 * only values of known periods were corrected.
 */
export function nextVersion(latest: string | null, changes: readonly Pick<Change, 'kind'>[]): string {
  if (!latest) return '1.0.0';
  const [major, minor, patch] = latest.split('.').map(Number) as [number, number, number];
  const some = (...kinds: string[]) => changes.some(({ kind }) => kinds.includes(kind));
  if (some('removed')) return `${major + 1}.0.0`;
  if (some('added', 'relabelled')) return `${major}.${minor + 1}.0`;
  return `${major}.${minor}.${patch + 1}`;
}
