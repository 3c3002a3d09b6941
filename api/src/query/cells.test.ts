import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { argumentsOf } from '@ahp/sql/arguments';
import { measures } from '@ahp/sql/registry';
import { sharedData, skipReason } from '@ahp/sql/shared-data';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAsking, type Asking } from '../../test/ask.ts';
import { everyone } from '../identity/auth.ts';
import type { View } from './block.ts';
import { statement } from './cells.ts';
import { plan, type Plan } from './plan.ts';
import type { Json } from '../../test/json.ts';

let asking: Asking;
beforeAll(async () => {
  asking = await startAsking();
});
afterAll(() => asking.close());

const leaverRate = measures.find(({ id }) => id === 'leaver_rate')!;

function viewOf({ level, set, groups, periods }: Plan): View {
  const block = {
    level,
    set,
    groups: groups.map(({ members }, g) => ({ g, members })),
    periods: periods.map(({ end }, p) => ({ p, end })),
  };
  return { blocks: [block], beside: [block] };
}

test('no column of the cells is cast: every bound value has the type of its column', async () => {
  const held = (await asking.releases.acquire(null, 'public'))!;
  const { catalogue, db } = held.release;
  const planned = plan(
    { by: ['nation', 'profession'], where: { band: ['band_2', 'band_3'] }, period: { last: { count: 4 } } },
    'turnover',
    catalogue,
    everyone,
  ) as Plan;
  const figures = [
    {
      key: 'leaver_rate',
      measure: leaverRate,
      formula: leaverRate.formula(argumentsOf(leaverRate)),
      part: 0,
      whole: 0,
    },
  ];
  const query = statement({
    catalogue,
    holding: planned.holding,
    grain: planned.grain,
    views: [viewOf(planned)],
    figures,
  });
  const { rows } = await sql<{ explain_value: string }>`explain ${query}`.execute(db);
  const text = rows
    .map(({ explain_value }) => explain_value)
    .join('\n')
    .replaceAll(/[│\s]+/g, ' ');
  expect(text).toContain('cell');
  expect(text).not.toMatch(/CAST\(\s*"?(set|grain|level|area|period_end|a|b|c|tally)"?\s+AS/i);
  expect(text).not.toMatch(/CAST\(cell\./i);
  held.done();
});

const payloads = sharedData('hostile/payloads/sql-injection-payload-list');

test.skipIf(!payloads)(
  payloads
    ? 'SQL in a text argument is a code that nobody knows, and nothing else'
    : skipReason('hostile/payloads/sql-injection-payload-list'),
  async () => {
    const attacks = sqlPayloads(payloads!);
    expect(attacks.length).toBeGreaterThan(1000);
    const before = await asking.ask('{ staff { ... on StaffTable { rows { headcount { value } } } } }');
    for (const attack of attacks) {
      const { data, errors } = await asking.answer(
        `query($text: String!, $id: ID!) {
        staff(where: { organisation: [$text], staffGroup: [$text] }, period: { at: { end: $text } }) { __typename ... on QueryRefused { problems { code message } } }
        feed: staff(source: PUBLISHED, feed: $id) { __typename }
        organisations(search: $text) { totalCount } organisation(code: $id) { code } release(version: $text) { version }
        quality { entries(section: $text) { item } }
      }`,
        { text: attack, id: attack },
      );
      expect(errors, attack).toBeUndefined();
      const answer = data as Json;
      expect(answer.staff.__typename).toBe('QueryRefused');
      expect(answer.release).toBeNull();
      expect(answer.organisation).toBeNull();
      expect(answer.quality.entries).toEqual([]);
      expect(JSON.stringify(answer.staff)).not.toContain(JSON.stringify(attack).slice(1, -1) || '\u0000');
    }
    expect(await asking.ask('{ staff { ... on StaffTable { rows { headcount { value } } } } }')).toEqual(before);
  },
);

function sqlPayloads(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.txt'));
  const lines = files.flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
  return [...new Set(lines.map((line) => line.trimEnd()))].filter((line) => line.length > 2);
}
