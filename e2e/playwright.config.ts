/** End-to-end tests run against the build, served as plain static hosting would serve it. */
import { defineConfig, devices } from '@playwright/test';
import { chromiumLaunch, firefoxLaunch } from './support/browsers.mjs';

const port = Number(process.env.E2E_PORT ?? 4173);
const chromium = chromiumLaunch();
const firefox = firefoxLaunch();
if (!chromium) {
  throw new Error(
    'No Chromium found: run "npx playwright install chromium", or install chromium or Chrome, or set PW_CHROMIUM=/path/to/it',
  );
}
const viewport = { width: 1440, height: 900 };

export default defineConfig({
  testDir: '.',
  outputDir: '../test-results',
  fullyParallel: true,
  forbidOnly: true,
  workers: 2,
  // A busy machine may starve the page of pictures: what fails is tried again, and told as flaky in the list.
  retries: 2,
  timeout: 60_000,
  reporter: 'list',
  snapshotPathTemplate: '{testDir}/screens/{testFileName}/{arg}{ext}',
  expect: {
    timeout: 10_000,
    toHaveScreenshot: { animations: 'disabled', caret: 'hide', scale: 'css', maxDiffPixelRatio: 0.002 },
  },
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    viewport,
    deviceScaleFactor: 1,
    colorScheme: 'light',
    locale: 'en-US',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    // Each test would fill a cache with the whole build; the test of offline use allows it again.
    serviceWorkers: 'block',
    trace: 'retain-on-failure',
  },
  webServer: {
    command: `node .ci/static-server.mjs dist ${port}`,
    cwd: '..',
    url: `http://127.0.0.1:${port}/`,
    reuseExistingServer: false,
  },
  projects: [
    {
      name: 'chromium',
      use: { ...devices['Desktop Chrome'], viewport, deviceScaleFactor: 1, launchOptions: chromium },
    },
    ...(firefox
      ? [
          {
            name: 'firefox',
            // The page itself and the stories of a session; what is the same script in both browsers is told once.
            testMatch: ['page.spec.ts', 'session.spec.ts'],
            use: {
              browserName: 'firefox' as const,
              ...(firefox.channel ? { channel: firefox.channel } : {}),
              viewport,
              launchOptions: firefox,
            },
          },
        ]
      : []),
  ],
});
