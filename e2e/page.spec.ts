/** What holds for the page wherever it is hosted and whatever it shows. */
import { serve } from '../.ci/static-server.mjs';
import { accessibilityFaults } from './support/accessibility.ts';
import { expect, test } from './support/watched-page.ts';

test('the page opens without an error, a policy violation or a request to another origin', async ({
  page,
  watched,
}) => {
  await page.goto('./');
  await expect(page.getByRole('main')).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(watched.faults).toEqual([]);
});

test('the page carries a policy that forbids inline script and unnamed script addresses', async ({ page, watched }) => {
  await page.goto('./');
  await expect(page.getByRole('main')).toBeVisible();
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    try {
      script.textContent = 'globalThis.planted = true';
    } catch {
      // Trusted Types refuse the assignment already.
    }
    document.head.append(script);
    return 'planted' in globalThis;
  });
  expect(ran).toBe(false);
  expect(watched.faults.filter((fault) => fault.startsWith('policy'))).not.toEqual([]);
  watched.faults.length = 0;
});

test('the page meets WCAG A and AA in the light and the dark theme', async ({ page }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto('./');
    await expect(page.getByRole('main')).toBeVisible();
    expect(await accessibilityFaults(page), colorScheme).toEqual([]);
  }
});

test('the page works from any folder of a host', async ({ page }) => {
  const server = await serve({ folder: 'dist', port: 4280, prefix: '/some/folder/', triesMax: 50 });
  try {
    await page.goto(server.url);
    await expect(page.getByRole('main')).toBeVisible();
    await page.waitForLoadState('networkidle');
  } finally {
    await server.close();
  }
});

test.describe('offline', () => {
  test.use({ serviceWorkers: 'allow' });

  test('the page opens without a network once it has been loaded', async ({ page }) => {
    const server = await serve({ folder: 'dist', port: 4380, triesMax: 50 });
    await page.goto(server.url);
    await page.evaluate(() => navigator.serviceWorker.ready);
    // What the page loads late must have come, or closing the server would be an error of this first visit.
    await page.waitForLoadState('networkidle');
    await server.close();
    await page.reload();
    await expect(page.getByRole('main')).toBeVisible();
  });
});

test('the watch over a page sees console errors, thrown errors and requests to another origin', async ({
  page,
  watched,
}) => {
  await page.goto('./');
  await page.evaluate(() => {
    console.error('planted');
    setTimeout(() => {
      throw new Error('planted');
    });
    new Image().src = 'http://localhost:4999/planted.png';
  });
  const kinds = () => new Set(watched.faults.map((fault) => fault.split(':')[0]));
  await expect.poll(() => [...kinds()]).toEqual(expect.arrayContaining(['console', 'thrown', 'policy']));
  watched.faults.length = 0;
  // The page's own policy stops such a request before it is one; a page that came without it would be seen, too.
  await page.route('**/unprotected.html', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<main></main>' }),
  );
  await page.goto('./unprotected.html');
  await page.evaluate(() => fetch('http://localhost:4999/planted').catch(() => undefined));
  await expect.poll(() => [...kinds()]).toContain('request to another origin');
  watched.faults.length = 0;
});
