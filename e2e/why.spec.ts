/** What goes wrong is named with its cure, and the cure heals it. */
import type { Page } from '@playwright/test';
import { accessibilityFaults } from './support/accessibility.ts';
import { expect, test } from './support/watched-page.ts';

const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });
const trap = (page: Page, title: string) => inspector(page).getByRole('region', { name: `Trap: ${title}` });
const next = (page: Page) => inspector(page).getByRole('region', { name: 'What happens next' });

/** The set of the example as the canvas tells it, with every pod ready and at the new revision. */
const healed = (page: Page) => page.getByRole('row', { name: /^StatefulSet web, 3 of 3 replicas, 3 ready, 3 updated/ });

/** The example with all pods ready, running fast. */
async function openReady(page: Page): Promise<void> {
  await page.goto('./');
  await setSpeed(page, '16×');
  await expect(inspector(page).getByText('3/3 ready')).toBeVisible({ timeout: 30_000 });
}

async function setSpeed(page: Page, speed: string): Promise<void> {
  await page.getByRole('button', { name: /^Speed/ }).click();
  await page.getByRole('menuitemradio', { name: speed, exact: true }).click();
}

/** The moment shown, in seconds. */
async function secondsOf(page: Page): Promise<number> {
  const [minutes = 0, seconds = 0] = ((await page.getByTestId('clock').textContent()) ?? '').split(':').map(Number);
  return minutes * 60 + seconds;
}

/** Lets so much time pass, and stops: while time runs fast nothing is explained. */
async function runFor(page: Page, seconds: number): Promise<void> {
  const end = (await secondsOf(page)) + seconds;
  const play = page.getByRole('button', { name: 'Play', exact: true });
  if (await play.isVisible()) await play.click();
  await expect.poll(() => secondsOf(page), { timeout: 30_000 }).toBeGreaterThan(end);
  await page.getByRole('button', { name: 'Pause' }).click();
}

test('a stuck update is named with its cure, and the cure heals it', async ({ page }) => {
  await openReady(page);
  await inspector(page)
    .getByRole('button', { name: /^web 3\/3 ready/ })
    .click();
  // Slowly, so that the first pod is still on its way out when time is stopped.
  await setSpeed(page, '1×');
  await inspector(page).getByRole('textbox', { name: 'image' }).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('nginx:1.29');
  await inspector(page).getByRole('button', { name: 'Set', exact: true }).click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.locator('[data-graph-grid]').getByText('web-2').first().click();
  // The image leaves the registry as soon as the new pod asks for it.
  const breakIt = inspector(page).getByRole('button', { name: /^Take nginx:1\.29 out of the registry/ });
  await expect(async () => {
    if (!(await breakIt.isVisible())) await page.getByRole('button', { name: 'Next tick' }).click();
    await expect(breakIt).toBeVisible({ timeout: 300 });
  }).toPass({ timeout: 30_000 });
  await breakIt.click();
  await setSpeed(page, '16×');
  await runFor(page, 90);
  const stuck = trap(page, 'A broken pod holds the roll-out');
  await expect(stuck).toContainText('web-2 is broken at rev 2 and holds the roll-out');
  await expect(inspector(page).getByRole('heading', { name: /^Why / }).first()).toBeVisible();
  await expect(next(page)).toContainText('Now: kubectl prints 0/1');
  const source = stuck.getByRole('link', { name: /Kubernetes documentation/ });
  await expect(source).toHaveAttribute('rel', /noopener/);
  await expect(source).toHaveAttribute('target', '_blank');
  // What stands with the trap is not offered a second time.
  await expect(inspector(page).getByRole('button', { name: /^Put nginx:1\.29 back/ })).toHaveCount(1);
  expect(await accessibilityFaults(page)).toEqual([]);
  await stuck.getByRole('button', { name: /^Put nginx:1\.29 back into the registry/ }).click();
  await page.keyboard.press('Escape');
  await expect(healed(page)).toBeVisible({ timeout: 40_000 });
  await expect(stuck).toHaveCount(0);
});

test('the loss of a node names the silent node, and what comes of it', async ({ page }) => {
  await openReady(page);
  await inspector(page).getByRole('button', { name: 'Power off node-c' }).click();
  await runFor(page, 80);
  await expect(trap(page, 'A silent node')).toContainText('node-c does not answer.');
  await inspector(page).getByRole('button', { name: 'node-c does not answer.', exact: true }).click();
  await expect(inspector(page).getByRole('heading', { name: 'Why is node-c silent?' })).toBeVisible();
  await expect(next(page)).toContainText('web-2 is deleted');
  await expect(next(page)).toContainText('until node-c answers again or somebody acts');
  // The moment it speaks of can be gone to.
  const moment = next(page).getByRole('button').first();
  const words = (await moment.textContent()) ?? '';
  await moment.click();
  await expect(page.getByTestId('clock')).toHaveText(new RegExp(`^${words}\\.`));
  await expect(next(page)).toContainText('Nothing happens until node-c answers again');
  await trap(page, 'A silent node')
    .getByRole('button', { name: /^Let node-c answer again/ })
    .click();
  await page.keyboard.press('Escape');
  await expect(healed(page)).toBeVisible({ timeout: 40_000 });
});

test('names can be looked up from a pod, and an event leads to its moment', async ({ page }) => {
  await openReady(page);
  await page.getByRole('tab', { name: 'DNS' }).click();
  const records = page.getByRole('region', { name: 'DNS records' });
  await expect(records.getByRole('row', { name: /^web-1\.nginx\.default\.svc\.cluster\.local A / })).toBeVisible();
  const box = page.getByRole('region', { name: 'Look a name up' });
  await box.getByRole('textbox', { name: 'Name' }).fill('web-2.nginx');
  await box.getByRole('button', { name: 'Look up' }).click();
  await expect(box.getByRole('status')).toContainText('NOERROR');
  await expect(box.getByRole('status')).toContainText('web-2.nginx.default.svc.cluster.local');
  await page.getByRole('tab', { name: /^Events/ }).click();
  const events = page.getByRole('region', { name: 'Events of the cluster' });
  await page.getByRole('searchbox', { name: 'Filter by text' }).fill('scheduled');
  await expect(events.getByRole('row')).toHaveCount(4);
  await page.getByRole('button', { name: 'Newest first' }).click();
  const first = events.getByRole('row').nth(1);
  await expect(first).toContainText('pod/web-0');
  const row = first.getByRole('button', { name: /^Scheduled, go to/ });
  const words = /\d+:\d\d/.exec((await row.textContent()) ?? '')?.[0] ?? 'no time';
  await row.click();
  await expect(page.getByTestId('clock')).toHaveText(new RegExp(`^${words}\\.`));
  await expect(events.getByRole('row')).toHaveCount(2);
  await page.getByRole('tab', { name: 'DNS' }).click();
  await box.getByRole('textbox', { name: 'Name' }).fill('web-2.nginx');
  await box.getByRole('button', { name: 'Look up' }).click();
  await expect(box.getByRole('status')).toContainText('NXDOMAIN');
});
