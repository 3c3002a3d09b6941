import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generateSchema } from './generate.ts';

test('the committed row types are those of the release tables', async () => {
  expect(readFileSync(new URL('./schema.ts', import.meta.url), 'utf8')).toBe(await generateSchema());
});
