import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, noChromium, open } from './browser.ts';
import { type Merged, mergedOrganisation, type Service, startService } from './service.ts';

describe.skipIf(noChromium)('an organisation that took others over', () => {
  let service: Service;
  let browser: Browser;
  let merged: Merged;

  beforeAll(async () => {
    service = await startService();
    browser = await launch();
    merged = await mergedOrganisation(service.api);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.close();
  });

  it('begins with the merger, and a link away goes back before it', async () => {
    const { page, complaints } = await open(browser, `${service.url}/organisations/${merged.code}`);
    const line = () => page.locator('.sparkline-line').first().getAttribute('d');
    const alone = await line();
    await page.getByRole('link', { name: 'see them with those it took over' }).click();
    await page.waitForURL('**as=today**');
    await page.getByText('What they published is added to its own figures').waitFor();
    expect(await line()).not.toBe(alone);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('has the board of all of them, to which the codes of the others lead, without scripts too', async () => {
    const [first] = merged.predecessors;
    const answer = await fetch(`${service.url}/board/${first!.code}`);
    expect(new URL(answer.url).pathname).toBe(`/board/${merged.code}`);
    const text = await answer.text();
    expect(text).toContain(`For the board: ${merged.label}`);
    for (const { label } of merged.predecessors) expect(text).toContain(label);
  });
});
