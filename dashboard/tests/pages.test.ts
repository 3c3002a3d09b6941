import AxeBuilder from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, noChromium, open } from './browser.ts';
import { routes } from './routes.ts';
import { definitions, largestOrganisation, type Service, startService } from './service.ts';

const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

describe.skipIf(noChromium)('every page', () => {
  let service: Service;
  let browser: Browser;
  let organisation: string;
  const at = (path: string) => service.url + path.replace('ODS', organisation);

  beforeAll(async () => {
    service = await startService();
    browser = await launch();
    organisation = await largestOrganisation(service.api);
  });
  afterAll(async () => {
    await browser?.close();
    await service?.close();
  });

  it('of full-time equivalents shows the break in the Scottish series in chart, table, words and file, with headcounts beside', async () => {
    const textOf = async (path: string) => (await fetch(at(path))).text();
    const [scotland, england, headcount, csv] = await Promise.all([
      textOf('/trends?measure=fte&by=none&nation=scotland'),
      textOf('/trends?measure=fte&by=none&nation=england'),
      textOf('/trends?measure=headcount&by=none&nation=scotland'),
      textOf('/trends/figure.csv?measure=fte&by=none&nation=scotland&figure=trend'),
    ]);
    expect(scotland).toContain('are not compared, because of a break in the series');
    expect(scotland).toContain('<small>[b]</small>');
    expect(scotland).toContain('April to June 2024: Scotland: full-time week of 37 hours, was 37.5');
    expect(scotland).toContain('id="beside"');
    expect(csv.split('\r\n').filter((line) => line.includes('break'))).toEqual([
      expect.stringMatching(/^April to June 2024,/),
    ]);
    for (const text of [england, headcount]) {
      expect(text).not.toContain('break in the series');
      expect(text).not.toContain('id="beside"');
    }
  });

  it('of vacancies adds up no counts made in different ways, and says how those of a nation are made', async () => {
    const textOf = async (path: string) => (await fetch(at(path))).text();
    const [uk, nations, wales] = await Promise.all([
      textOf('/trends?measure=vacancies&by=none'),
      textOf('/trends?measure=vacancies'),
      textOf('/trends?measure=vacancies&by=none&nation=wales'),
    ]);
    expect(uk).toContain('vacancies are counted in different ways there');
    expect(uk).toContain('Look at nations one by one.');
    expect(nations).toContain('Vacancies in Scotland: posts cleared for advert');
    expect(wales).toContain('Vacancies in Wales: funded full-time equivalents less those in post');
    for (const text of [nations, wales]) expect(text).not.toContain('are not added up');
  });

  it('says for every measure between which nations it may be compared, with a reason where it is not between all', async () => {
    const { page } = await open(browser, at('/nations'), { javaScriptEnabled: false });
    const told = await page.locator('#comparability tbody').evaluateAll((sets) =>
      sets.map((set) => ({
        between: set.querySelector('[scope=rowgroup]')?.textContent ?? '',
        measures: [...set.querySelectorAll('a')].map((link) => link.getAttribute('href')?.replace('/measures/', '')),
        reasons: [...set.querySelectorAll('td')].map((cell) => cell.textContent ?? ''),
      })),
    );
    const defined = await definitions(service.api);
    expect(told.flatMap(({ measures }) => measures).sort()).toEqual(defined.map(({ id }) => id).sort());
    for (const { between, measures, reasons } of told) {
      const sizes = new Set(
        defined.filter(({ id }) => measures.includes(id)).map(({ comparable }) => comparable.length),
      );
      expect(sizes.size, between).toBe(1);
      expect(sizes.has(4), between).toBe(between === 'Between all nations');
      if (!sizes.has(4))
        for (const reason of reasons) expect(reason, between).toMatch(/Scotland|Northern Ireland|Wales/);
    }
    const own = page.locator('#differences');
    expect(await own.innerText()).toContain('full-time week of 37 hours, was 37.5');
    expect(await own.locator('td[data-head="Northern Ireland"]').nth(1).innerText()).toContain('posts below 0.03 FTE');
    expect(await own.locator('td[data-head="Scotland"]').nth(2).innerText()).toContain('Posts cleared for advert');
    await page.context().close();
  });

  it('sets the nations side by side, refuses comparisons in words, and gives the same in the file', async () => {
    const { page } = await open(browser, at('/nations'), { javaScriptEnabled: false });
    const rowOf = (title: string) => page.locator('#side-by-side tbody tr', { hasText: title });
    expect(await rowOf('FTE per head').innerText()).toMatch(
      /Scotland by itself[^]*Scotland: not compared with United Kingdom: this nation’s figures are made in another way/,
    );
    expect(await rowOf('Vacancy rate').locator('td[data-head="United Kingdom"]').innerText()).toBe('[x]');
    expect(await rowOf('Headcount').innerText()).toContain('counts of places of different size');
    const cells = await page
      .locator('#side-by-side td.numeric')
      .evaluateAll((all) => all.map((cell) => cell.firstChild?.textContent?.trim() ?? ''));
    const link = await page.locator('#side-by-side .actions a[download]').getAttribute('href');
    const file = await (await fetch(service.url + link)).text();
    const [head = [], ...lines] = file
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    // Words in front of the series have commas of their own: columns are counted from the end.
    const column = (name: string) => lines.map((line) => line.at(head.indexOf(name) - head.length) ?? '');
    expect(lines).toHaveLength(cells.length);
    expect(new Set(column('series')).size).toBe(5);
    expect(new Set(column('unit')).size).toBeGreaterThan(2);
    column('value').forEach((value, place) => {
      const shown = cells[place] ?? '';
      expect(shown.startsWith('['), `${shown} and ${value}`).toBe(value === '');
      if (value !== '') expect(Number(value)).toBeCloseTo(Number(shown.replace(/[,%]/g, '').replace('−', '-')), 0);
    });
    const [query = '', variables = ''] = await page.locator('#side-by-side pre').allTextContents();
    const answer = await fetch(`${service.api}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables: JSON.parse(variables) }),
    });
    const asked = await answer.text();
    for (const cell of cells.slice(0, 5)) expect(asked).toContain(`"display":"${cell}"`);
    await page.context().close();
  });

  describe.each(routes('ODS'))('$path', ({ path, figures }) => {
    it('passes axe, fits a screen 320 pixels wide and complains of nothing', async () => {
      const { page, complaints } = await open(browser, at(path));
      await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
      const { violations } = await new AxeBuilder({ page }).withTags(wcag).analyze();
      expect(
        violations.map(
          (one) =>
            `${one.id}: ${one.nodes
              .map((node) => node.target.join(' '))
              .slice(0, 3)
              .join(' | ')}`,
        ),
      ).toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    it('says what kind of data it shows, and shows pictures and tables without JavaScript', async () => {
      const { page } = await open(browser, at(path), { javaScriptEnabled: false });
      expect(await page.locator('.data-banner').innerText()).toMatch(
        /Synthetic sample|Official published figures|Protected figures/,
      );
      expect(await page.locator('h1').count()).toBe(1);
      if (figures) {
        const drawn = await page.locator('.picture-wide svg:visible, .multiples svg:visible').count();
        expect(drawn).toBeGreaterThan(0);
        expect(await page.locator('.figure table tbody tr').count()).toBeGreaterThan(0);
      }
      await page.context().close();
    });
  });

  it('gives a plain page for an address that does not exist', async () => {
    const { page } = await open(browser, at('/nowhere'));
    expect(await page.locator('h1').innerText()).toBe('Page not found');
    await page.context().close();
  });

  it('keeps the release of a cited link in every link of the page, and says when there is no such release', async () => {
    const { page } = await open(browser, at('/retention?release=1.0.0'), { javaScriptEnabled: false });
    const links = await page
      .locator('.figure .actions > a')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    expect(links.length).toBeGreaterThan(4);
    for (const link of links) expect(link).toContain('release=1.0.0');
    await page.context().close();
    const missing = await fetch(at('/retention?release=0.0.1'));
    expect(missing.status).toBe(404);
    expect(await missing.text()).toContain('There is no such release');
  });

  it('lets a board read what needs attention first, and print it with its pictures', async () => {
    const { page } = await open(browser, at('/board/ODS'), { javaScriptEnabled: false });
    expect(await page.locator('h2').first().innerText()).toMatch(/needs? attention$/);
    expect(await page.locator('#attention tbody tr').count()).toBeGreaterThan(4);
    expect(await page.locator('.questions li').count()).toBeGreaterThan(0);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#funnel .picture-wide svg').isVisible()).toBe(true);
    expect(await page.locator('#leaver-rate table').isVisible()).toBe(true);
    expect(await page.locator('#funnel table').isVisible()).toBe(false);
    await page.context().close();
  });

  it('redraws charts on a canvas when JavaScript is there, and keeps the picture for print', async () => {
    const { page } = await open(browser, at('/trends?measure=leaver_rate'));
    const canvas = page.locator('#trend .picture canvas');
    await canvas.waitFor();
    const painted = await canvas.evaluate((node: HTMLCanvasElement) =>
      node
        .getContext('2d')
        ?.getImageData(0, 0, node.width, node.height)
        .data.some((byte) => byte > 0),
    );
    expect(painted).toBe(true);
    await page.emulateMedia({ media: 'print' });
    expect(await canvas.isVisible()).toBe(false);
    expect(await page.locator('#trend .picture-wide svg').isVisible()).toBe(true);
    expect(await page.locator('#trend table').isVisible()).toBe(true);
    await page.context().close();
  });

  it('keeps the keys of a chart apart from their ground by 3 to 1 in forced colours', async () => {
    const { page } = await open(browser, at('/trends?measure=leaver_rate'));
    await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
    const keys = await page.locator('.key .swatch').evaluateAll((marks) =>
      marks.map((mark) => {
        const ground = [mark, mark.parentElement!, mark.closest('.key')!]
          .map((node) => getComputedStyle(node).backgroundColor)
          .find((colour) => !/, 0\)$/.test(colour));
        const [line] = [...mark.querySelectorAll('line, rect')].map((node) => {
          const { stroke, fill } = getComputedStyle(node);
          return stroke === 'none' ? fill : stroke;
        });
        return { ground: ground ?? 'rgb(0, 0, 0)', line: line! };
      }),
    );
    expect(keys.length).toBeGreaterThan(1);
    const light = (colour: string) => {
      const [red, green, blue] = colour.match(/\d+/g)!.map((part) => {
        const share = Number(part) / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      }) as [number, number, number];
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    for (const { ground, line } of keys) {
      const [dark, bright] = [light(ground), light(line)].sort((a, b) => a - b) as [number, number];
      expect((bright + 0.05) / (dark + 0.05), `${line} on ${ground}`).toBeGreaterThanOrEqual(3);
    }
    await page.context().close();
  });

  it('lets a reader filter with the keyboard alone, and keeps the choice in the address', async () => {
    const { page } = await open(browser, at('/trends'));
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to main content');
    await page.keyboard.press('Enter');
    for (let presses = 0; presses < 3; presses++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.id === 'filter-measure')) break;
    }
    await page.keyboard.type('Stability');
    for (let presses = 0; presses < 12; presses++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.textContent === 'Apply')) break;
    }
    await page.keyboard.press('Enter');
    await page.waitForURL('**/trends?measure=stability_index');
    expect(await page.locator('.chip').allTextContents()).toEqual(['Remove Measure: Stability index']);
    await page.context().close();
  });

  it('hides a line when its name in the key is unticked', async () => {
    const { page, complaints } = await open(browser, at('/trends?measure=leaver_rate'));
    await page.locator('#trend .picture canvas').waitFor();
    await page.locator('#trend .key input').first().uncheck();
    expect(await page.locator('#trend .key input').first().isChecked()).toBe(false);
    await page.locator('#trend .picture canvas').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('shows the same numbers in the table, the file and the page of a figure', async () => {
    const { page } = await open(browser, at('/trends?measure=leaver_rate'), { javaScriptEnabled: false });
    const cells = await page
      .locator('#trend table tbody td')
      .evaluateAll((all) => all.map((cell) => cell.firstChild?.textContent?.trim() ?? ''));
    const link = await page.locator('#trend .actions a[download]').getAttribute('href');
    const file = await (await fetch(service.url + link)).text();
    const [head = '', ...lines] = file.replace('\uFEFF', '').trimEnd().split('\r\n');
    const place = head.split(',').indexOf('value');
    const numbers = lines.map((line) => line.split(',')[place] ?? '');
    expect(numbers).toHaveLength(cells.length);
    // The table rounds to what the API prints; withheld cells are markers there and empty here.
    const shown = cells.map((cell) => (cell.startsWith('[') ? '' : Number(cell.replace('%', ''))));
    numbers.forEach((number, at) => {
      const cell = shown[at];
      if (cell === '' || number === '') expect(number === '' && cell === '', `${number} and ${cell}`).toBe(true);
      else expect(Math.abs(Number(number) - Number(cell))).toBeLessThanOrEqual(0.5000001);
    });
    await page.context().close();
  });

  it('sends a policy that allows no inline script or style and no other site', async () => {
    const response = await fetch(service.url);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/script-src 'self' 'nonce-/);
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toMatch(/https?:/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('answers /healthz', async () => {
    expect(await (await fetch(`${service.url}/healthz`)).text()).toBe('ok\n');
  });
});
