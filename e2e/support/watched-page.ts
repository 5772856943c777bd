/**
 * The `test` of every end-to-end file: its page records what a healthy page never does. A test fails when the page wrote
 * an error to the console, threw, broke its own policy, or asked another origin for anything.
 */
import { test as base, expect, type Page } from '@playwright/test';

/** Faults of one page in the order seen, each a line to read. */
export interface Watched {
  readonly faults: string[];
}

const REPORT = 'ordinalReportViolation';

export const test = base.extend<{ watched: Watched }>({
  watched: [
    async ({ page, baseURL }, use) => {
      const watched: Watched = { faults: [] };
      await watch(page, new URL(baseURL ?? 'http://127.0.0.1').origin, watched.faults);
      await use(watched);
      expect(watched.faults).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

async function watch(page: Page, origin: string, faults: string[]): Promise<void> {
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`thrown: ${error.stack ?? error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (/^(?:https?|wss?):$/.test(url.protocol) && url.hostname !== new URL(origin).hostname) {
      faults.push(`request to another origin: ${request.url()}`);
    }
  });
  await page.exposeFunction(REPORT, (text: string) => faults.push(`policy: ${text}`));
  await page.addInitScript((report) => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const tell = (globalThis as unknown as Record<string, ((text: string) => void) | undefined>)[report];
      tell?.(
        `${event.effectiveDirective} blocked ${event.blockedURI} ${event.sample} (${event.sourceFile}:${event.lineNumber})`,
      );
    });
  }, REPORT);
}
