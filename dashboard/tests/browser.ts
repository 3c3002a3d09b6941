import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Null where Chromium is installed, else the line that says what to do. */
export const noChromium = existsSync(executablePath)
  ? null
  : `skipped: no Chromium at ${executablePath}; run: apt-get install chromium (or set CHROMIUM_PATH)`;
if (noChromium) console.warn(noChromium);

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
}

/** A page and everything it complained about: console errors and warnings, uncaught errors, policy violations. */
export async function open(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(url, { waitUntil: 'load' });
  return { page, complaints };
}

const output = fileURLToPath(new URL('./output', import.meta.url));

/** Where pictures of pages go, for people to look at; not kept in the repository. */
export function outputPath(name: string): string {
  mkdirSync(output, { recursive: true });
  return `${output}/${name}`;
}
