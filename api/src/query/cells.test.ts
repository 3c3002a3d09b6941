import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedData, skipReason } from '@ahp/sql/shared-data';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startAsking, type Asking } from '../../test/ask.ts';
import type { Json } from '../../test/json.ts';

let asking: Asking;
beforeAll(async () => {
  asking = await startAsking();
});
afterAll(() => asking.close());

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
