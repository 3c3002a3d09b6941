import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import AxeBuilder from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seal } from '../src/lib/server/identity/sealed.ts';
import { launch, noChromium } from './browser.ts';
import { testData } from './service.ts';
import { type SignedInService, startSignedInService } from './signed-in.ts';

let data: string;
let service: SignedInService;
beforeAll(async () => {
  data = testData();
  service = await startSignedInService(data);
});
afterAll(() => service?.close());

/** A display of the figures of an employer as one audience sees them, without any server. */
function headcountAs(audience: string, code: string): string {
  const cli = fileURLToPath(new URL('../../api/src/query-cli.ts', import.meta.url));
  const question = `{ staff(where: { organisation: ["${code}"] }, period: { last: { count: 1, grain: QUARTER } }) { ... on StaffTable { rows { headcount { display } } } } }`;
  const out = execFileSync(process.execPath, [cli, question, '--as', audience, '--data', data], { encoding: 'utf8' });
  return (JSON.parse(out) as { data: { staff: { rows: { headcount: { display: string } }[] } } }).data.staff.rows[0]!
    .headcount.display;
}

const now = () => Math.floor(Date.now() / 1000);

/** A cookie as the site would have sealed it for the sample's lead. */
async function cookieOf(
  change: object = {},
  purpose = 'session',
  key = service.settings.AHP_SESSION_KEYS!,
): Promise<string> {
  const { issuer } = service;
  const session = {
    id: 'a',
    issuer,
    subject: 'lead',
    name: 'Lee',
    claims: { groups: ['employer'] },
    since: now(),
    seen: now(),
    asPublic: false,
  };
  return `ahp-reader=${await seal({ ...session, ...change }, purpose, 600, [new Uint8Array(Buffer.from(key, 'base64url'))])}`;
}

const get = (path: string, cookie = '', init: RequestInit = {}) =>
  fetch(service.url + path, { redirect: 'manual', ...init, headers: { cookie, ...(init.headers as object) } });
const viewingAs = async (response: Response) => /Viewing as <strong>([^<]*)/.exec(await response.text())?.[1];
const board = () => `/board/${service.employer}`;

describe('a cookie of a reader', () => {
  it('shows them their own figures, on pages that nobody else may keep', async () => {
    const response = await get(board(), await cookieOf());
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('vary')).toContain('cookie');
    expect(await viewingAs(response)).not.toBe('the public');
    const file = await get(`${board()}/figure.csv?figure=leaver-rate`, await cookieOf());
    expect([file.status, file.headers.get('cache-control')]).toEqual([200, 'private, no-store']);
  });

  it.each<[string, () => Promise<string>]>([
    ['is over after half an hour without a page', () => cookieOf({ seen: now() - 31 * 60 })],
    ['is over after eight hours in any case', () => cookieOf({ since: now() - 8 * 3600 - 1 })],
    ['is nothing when it was sealed with another key', () => cookieOf({}, 'session', 'A'.repeat(43))],
    ['is nothing when it was sealed for something else', () => cookieOf({}, 'away')],
    ['is nothing when it was changed', async () => (await cookieOf()).replace(/.{4}$/, 'AAAA')],
    ['is nothing when it is a claim in the clear', async () => `ahp-reader=${btoa('{"alg":"none"}')}.e30.`],
  ])('%s', async (_, made) => {
    expect(await viewingAs(await get(board(), await made()))).toBe('the public');
  });

  it('of an issuer that is not set up, or of groups that no rule names, shows what everybody sees', async () => {
    for (const change of [{ issuer: 'https://elsewhere.example' }, { claims: {} }, { claims: { groups: ['nobody'] } }])
      expect(await viewingAs(await get(board(), await cookieOf(change)))).toBe('the public');
  });

  it('is written again while it is in use, and is worth nothing after signing out, kept or not', async () => {
    const cookie = await cookieOf({ seen: now() - 120, id: 'ended' });
    const renewed = (await get('/', cookie)).headers.getSetCookie();
    expect(renewed).toEqual([expect.stringMatching(/^ahp-reader=.*Max-Age=1800; Path=\/; HttpOnly; SameSite=Lax$/)]);
    const out = await get('/sign-out', cookie, { method: 'POST', headers: { origin: service.url } });
    expect([out.status, out.headers.get('location')]).toEqual([303, '/sign-in?out']);
    for (const kept of [cookie, renewed[0]!.split(';')[0]!])
      expect(await viewingAs(await get(board(), kept))).toBe('the public');
  });

  it('lets them see the public figures by choice, which no address tells', async () => {
    const form = (as: string) => ({
      method: 'POST',
      headers: { origin: service.url },
      body: new URLSearchParams({ as, to: board() }),
    });
    const chosen = await get('/viewing', await cookieOf(), form('public'));
    expect([chosen.status, chosen.headers.get('location')]).toEqual([303, board()]);
    const cookie = chosen.headers.getSetCookie()[0]!.split(';')[0]!;
    const page = await (await get(board(), cookie)).text();
    expect(page).toContain('Show your own figures');
    expect(mainOf(page)).toBe(mainOf(await (await get(board())).text()));
    const elsewhere = await get('/viewing', await cookieOf(), {
      ...form('public'),
      headers: { origin: 'https://evil.example' },
    });
    expect(elsewhere.status).toBe(403);
  });
});

const mainOf = (html: string) => /<main[\s\S]*<\/main>/.exec(html)![0].replace(/<!--.*?-->/g, '');

describe('pages of anybody else', () => {
  it.each([
    '/trends',
    '/nations',
    '/organisations/OTHER',
    '/board/OTHER',
    '/scorecard?organisation=OTHER',
    '/data',
    '/methods',
    '/equity',
  ])('%s is for an employer what it is for the public', async (path) => {
    const address = path.replace('OTHER', service.other);
    const [own, open] = await Promise.all([get(address, await cookieOf()), get(address)]);
    expect(mainOf(await own.text())).toBe(mainOf(await open.text()));
    expect(open.headers.get('cache-control')).not.toBe('private, no-store');
  });
});

describe('the way in', () => {
  it.each([
    '//evil.example',
    'https://evil.example',
    '/\\evil.example',
    '/%09/evil.example/..//x',
    'javascript:alert(1)',
    '/sign-out',
    '',
  ])('leads back to this site alone, not to %j', async (to) => {
    const page = await (await get(`/sign-in?${new URLSearchParams({ to })}`)).text();
    for (const [, href] of page.matchAll(/href="(\/sign-in\/sample[^"]*)"/g)) {
      const back = new URL(href!.replaceAll('&amp;', '&'), service.url).searchParams.get('to')!;
      expect(new URL(back, service.url).origin).toBe(service.url);
      expect(back).not.toMatch(/^\/\/|sign-out/);
    }
  });

  it('goes by code and PKCE, with state and nonce, and keeps what must come back sealed', async () => {
    const away = await get('/sign-in/sample?persona=lead');
    const asked = Object.fromEntries(new URL(away.headers.get('location')!).searchParams);
    expect(asked).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      scope: 'openid profile groups',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]!.length).toBeGreaterThanOrEqual(43);
    const [cookie] = away.headers.getSetCookie();
    expect(cookie).toMatch(/^ahp-away=[\w.-]+; Max-Age=600; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(cookie).not.toContain(asked.state);
  });

  it.each([
    ['without a cookie', '/sign-in/callback?code=a&state=b', '', 'expected'],
    ['with a code for another state', '/sign-in/callback?code=a&state=b', 'away', 'other'],
  ])('says so when somebody comes back %s', async (_, path, kind, failed) => {
    const away = kind ? (await get('/sign-in/sample?persona=lead')).headers.getSetCookie()[0]!.split(';')[0]! : '';
    const response = await get(path, away);
    expect([response.status, response.headers.get('location')]).toEqual([303, `/sign-in?failed=${failed}`]);
    expect(response.headers.getSetCookie().join()).not.toMatch(/ahp-reader=\w/);
    expect(await (await get(`/sign-in?failed=${failed}`)).text()).toContain('You were not signed in');
  });

  it('knows the people of the sample alone', async () => {
    for (const path of ['/sign-in/sample', '/sign-in/sample?persona=admin', '/sign-in/other'])
      expect((await get(path)).status).toBe(404);
  });
});

describe.skipIf(noChromium)('a reader in a browser', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const complaints: string[] = [];
  beforeAll(async () => {
    browser = await launch();
    context = await browser.newContext();
    page = await context.newPage();
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
  });
  afterAll(() => browser?.close());
  const viewing = () => page.locator('.viewing').innerText();

  it('signs in from a page, is back on it, and sees the exact figures of their own organisation', async () => {
    await page.goto(`${service.url}/organisations/${service.employer}`);
    expect(await viewing()).toContain('Viewing as the public');
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: /^Workforce lead/ }).click();
    await page.waitForURL(`${service.url}/organisations/${service.employer}`);
    expect(await viewing()).toMatch(/Figures of your own organisation, not for publication[\s\S]*Lee Lead/);
    const exact = headcountAs(`own:${service.employer}`, service.employer);
    expect(await page.locator('main').innerText()).toContain(exact);
    expect(await page.locator('.source').first().innerText()).toContain('exact');
  });

  it('holds no token of who signed them in, and nothing that a script could read', async () => {
    const cookies = await context.cookies(service.url);
    const mine = cookies.filter(({ name }) => name.startsWith('ahp-'));
    expect(mine.map(({ name, httpOnly, sameSite }) => [name, httpOnly, sameSite])).toEqual([
      ['ahp-reader', true, 'Lax'],
    ]);
    expect(mine[0]!.value.split('.').length).toBe(5);
    expect(
      await page.evaluate('document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)'),
    ).not.toMatch(/ahp|eyJ/);
    expect(await page.content()).not.toMatch(/eyJ|ahp_|clientSecret|Bearer/);
  });

  it('is told on every page as whom they see it, and shares links without it', async () => {
    await page.getByRole('link', { name: 'Trends' }).first().click();
    await page.waitForURL('**/trends');
    await expect
      .poll(viewing)
      .toMatch(/Viewing as the public[\s\S]*Your own figures are on the pages of your organisation/);
    await page.goto(service.url + board());
    await expect.poll(viewing).toContain('not for publication');
    const links = await page
      .locator('main a')
      .evaluateAll((all) => all.map((link) => (link as unknown as { href: string }).href));
    expect(links.filter((href) => /own|audience|session|token|viewer/i.test(new URL(href).search))).toEqual([]);
    const shared = await fetch(page.url());
    expect(await viewingAs(shared)).toBe('the public');
  });

  it('can read what is private on paper too, and nothing is in the way of anybody', async () => {
    await page.goto(`${service.url}${board()}/pack`);
    await page.emulateMedia({ media: 'print' });
    expect(await viewing()).toMatch(/not for publication[\s\S]*Lee Lead/);
    expect(await page.locator('.viewing form').first().isVisible()).toBe(false);
    const sheet = "getComputedStyle(document.querySelector('main')).page";
    expect(await page.evaluate(sheet)).toBe('private');
    await page.emulateMedia({ media: null });
    for (const path of [board(), '/sign-in', '/sign-in?failed=away']) {
      await page.goto(service.url + path);
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(
        violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`),
        path,
      ).toEqual([]);
    }
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(service.url + board());
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it('changes to the public figures and back by a button', async () => {
    await page.goto(service.url + board());
    await page.getByRole('button', { name: 'Show the public figures' }).click();
    await expect.poll(viewing).toContain('You have chosen the public figures');
    expect(page.url()).toBe(service.url + board());
    await page.getByRole('button', { name: 'Show your own figures' }).click();
    await expect.poll(viewing).toContain('not for publication');
  });

  it('signs out, and what was theirs does not come back', async () => {
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in?out');
    expect(await page.locator('main').innerText()).toContain('You are signed out here');
    await page.goBack();
    await expect.poll(viewing).toContain('Viewing as the public');
    expect((await context.cookies(service.url)).filter(({ name }) => name.startsWith('ahp-'))).toEqual([]);
  });

  it.each([
    [/^Trusted analyst/, /Viewing as a trusted analyst[\s\S]*not for publication[\s\S]*Ana Analyst/],
    [/^Board member/, /not for publication[\s\S]*Bo Board/],
    [/^Public reader/, /Viewing as the public[\s\S]*Your account shows what everybody sees[\s\S]*Robin Reader/],
  ])('may be %s after another, without JavaScript too', async (name, told) => {
    const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await context.storageState() });
    const other = await plain.newPage();
    await other.goto(`${service.url}/sign-in`);
    await other.getByRole('link', { name }).click();
    expect(await other.locator('.viewing').innerText()).toMatch(told);
    await plain.close();
  });

  it('meets no fault on the way', () => expect(complaints).toEqual([]));
});
