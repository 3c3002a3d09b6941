import AxeBuilder from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, noChromium, open, outputPath } from './browser.ts';
import { startApi, testData } from './service.ts';

describe.skipIf(noChromium)('the explorer of the API', () => {
  let api: Awaited<ReturnType<typeof startApi>>;
  let browser: Browser;

  beforeAll(async () => {
    api = await startApi(testData());
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    api?.child.kill();
  });

  it('completes from the schema, with what each name means', async () => {
    const { page } = await open(browser, `${api.url}/graphql`);
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('{ turnover(by: [PROFESSION]) { ... on TurnoverTable { rows { leaverR');
    await page.locator('.cm-tooltip-autocomplete', { hasText: 'leaverRate' }).waitFor();
    await page.locator('.cm-completionInfo', { hasText: 'how many left during the period' }).waitFor();
    await page.screenshot({ path: outputPath('explorer.png') });
    await page.keyboard.press('Enter');
    expect(await page.locator('#query').inputValue()).toContain('rows { leaverRate');
    await page.context().close();
  });

  it('answers with Control and Enter, and asks the alternatives of a refusal at a press', async () => {
    const { page, complaints } = await open(browser, `${api.url}/graphql`);
    await page.locator('.cm-content').click();
    await page.keyboard.press('Control+Enter');
    await page.locator('#status', { hasText: 'Answered.' }).waitFor();
    expect(JSON.parse((await page.locator('#answer').textContent())!).data.staff.rows).toHaveLength(5);
    await page.locator('#example').selectOption('A question that is refused');
    await page.locator('#alternatives button').first().click();
    await page.locator('#answer', { hasText: '"rows"' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('passes axe, fits a screen 320 pixels wide and says what it cannot do without JavaScript', async () => {
    const { page } = await open(browser, `${api.url}/graphql`);
    await page.locator('.cm-content').waitFor();
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`),
    ).toEqual([]);
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await page.context().close();
    const plain = await open(browser, `${api.url}/graphql`, { javaScriptEnabled: false });
    expect(await plain.page.locator('main').innerText()).toContain('send them to this address by POST');
    await plain.page.context().close();
  });
});
