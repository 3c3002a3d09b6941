import { describe, expect, it } from 'vitest';
import { firstState, type Intent } from './first-state.ts';

const createdAt = '2026-04-30T12:00:00.000Z';
const begun = (intent: Partial<Intent>) => firstState({ by: 'Ann', dryRun: false, ...intent }, createdAt);
const nobody = { approvedAt: null, approvedBy: null, publishedAt: null, publishedBy: null };

describe('a release begins its life', () => {
  it('published by its builder unless something else is asked for', () => {
    const published = begun({});
    expect(published).toMatchObject({
      state: 'published',
      approvedAt: createdAt,
      approvedBy: 'Ann',
      publishedBy: 'Ann',
    });
    expect(published.publishedAt).not.toBeNull();
  });

  it('approved, and not published, under an embargo', () => {
    const embargoUntil = '2026-05-01T08:30:00.000Z';
    const published = { publishedAt: null, publishedBy: null };
    expect(begun({ embargoUntil })).toMatchObject({ state: 'approved', approvedBy: 'Ann', embargoUntil, ...published });
  });

  it('staged and approved by nobody when asked to, with an embargo too, and in a dry run', () => {
    const embargoUntil = '2026-05-01T08:30:00.000Z';
    expect(begun({ stage: true, fourEyes: true })).toMatchObject({ state: 'staged', fourEyes: true, ...nobody });
    expect(begun({ stage: true, embargoUntil })).toMatchObject({ state: 'staged', embargoUntil, ...nobody });
    expect(begun({ dryRun: true })).toMatchObject({ state: 'staged', ...nobody });
    expect(begun({ dryRun: true, embargoUntil })).toMatchObject({ state: 'staged', ...nobody });
  });
});
