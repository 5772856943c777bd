/** What lies around the canvas: keys and their sheet, handles, tabs, narrow pages. */
import type { Page } from '@playwright/test';
import { accessibilityFaults } from './support/accessibility.ts';
import { expect, test } from './support/watched-page.ts';

const grid = (page: Page) => page.locator('[data-graph-grid]');
const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });
const nodesView = (page: Page) => page.getByRole('button', { name: 'Nodes', exact: true });

async function setSpeed(page: Page, speed: string): Promise<void> {
  await page.getByRole('button', { name: /^Speed/ }).click();
  await page.getByRole('menuitemradio', { name: speed, exact: true }).click();
}

/** The example with all pods ready. */
async function openReady(page: Page): Promise<void> {
  await page.goto('./');
  await setSpeed(page, '16×');
  await expect(inspector(page).getByText('3/3 ready')).toBeVisible({ timeout: 30_000 });
}

test('the help sheet opens by ? and F1, lists the keys and what the page is built on', async ({ page }) => {
  await page.goto('./');
  await grid(page).focus();
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keys and help' });
  await expect(sheet.getByRole('term').filter({ hasText: 'Play or pause' })).toBeVisible();
  await expect(sheet.getByRole('link', { name: /^React Flow/ })).toHaveAttribute('href', 'https://reactflow.dev');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await page.keyboard.press('F1');
  await expect(sheet).toBeVisible();
});

test('Ctrl+Enter applies the manifest wherever the focus is', async ({ page }) => {
  await openReady(page);
  await grid(page).focus();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('log')).toContainText('service/nginx unchanged');
});

test('Shift and an arrow lead from act to act also while a slot has the focus', async ({ page }) => {
  await openReady(page);
  await grid(page).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(page.getByTestId('clock')).toHaveText('0:00.0');
});

test('the head of a set with many slots stands in words of full size over its cells', async ({ page }) => {
  await openReady(page);
  await grid(page).focus();
  await page.keyboard.press('t');
  await page.getByRole('textbox', { name: /^Command line/ }).fill('kubectl scale sts web --replicas=300');
  await page.keyboard.press('Enter');
  const head = page.getByRole('row', { name: /^StatefulSet web, \d+ of 300 replicas/ });
  await expect.poll(async () => (await head.boundingBox())?.height).toBeGreaterThan(40);
  const thought = page.locator('[data-graph-grid]').getByText(/to be Running and Ready before creating/);
  await expect.poll(async () => (await thought.first().boundingBox())?.height).toBeGreaterThan(12);
});

test('what a deleted set leaves behind stays on the canvas', async ({ page }) => {
  await openReady(page);
  await grid(page).focus();
  await page.keyboard.press('t');
  const line = page.getByRole('textbox', { name: /^Command line/ });
  await line.fill('kubectl delete sts web --cascade=orphan');
  await page.keyboard.press('Enter');
  const left = page.getByRole('region', { name: 'Pods and claims without a set' });
  await left.getByRole('button', { name: /^web-1 Ready/ }).click();
  await expect(inspector(page).getByRole('heading', { name: 'web-1' })).toBeVisible();
  await expect(left.getByRole('button', { name: /^www-web-1 Bound/ })).toBeVisible();
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('single keys can be switched off, and stay off after a reload; other keys go on', async ({ page }) => {
  await openReady(page);
  await page.getByRole('button', { name: 'Keys and help' }).click();
  await page.getByRole('checkbox', { name: /Single keys act/ }).uncheck();
  await page.keyboard.press('Escape');
  await grid(page).focus();
  await page.keyboard.press('2');
  await expect(nodesView(page)).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog', { name: 'Keys and help' })).toBeVisible();
  await page.reload();
  await expect(grid(page)).toBeVisible();
  await grid(page).focus();
  await page.keyboard.press('2');
  await expect(nodesView(page)).toHaveAttribute('aria-pressed', 'false');
  await page.getByRole('slider', { name: 'Playhead' }).focus();
  await page.keyboard.press('Home');
  await expect(page.getByTestId('clock')).toHaveText('0:00.0');
  await page.getByRole('button', { name: 'Keys and help' }).click();
  await page.getByRole('checkbox', { name: /Single keys act/ }).check();
  await page.keyboard.press('Escape');
  await grid(page).focus();
  await page.keyboard.press('2');
  await expect(nodesView(page)).toHaveAttribute('aria-pressed', 'true');
});

test('single keys act on the canvas and the timeline, and nowhere else', async ({ page }) => {
  await openReady(page);
  await inspector(page)
    .getByRole('button', { name: /^Cordon node-a/ })
    .focus();
  await page.keyboard.press('2');
  await expect(nodesView(page)).toHaveAttribute('aria-pressed', 'false');
  await page.getByRole('tab', { name: 'Timeline' }).focus();
  await page.keyboard.press('2');
  await expect(nodesView(page)).toHaveAttribute('aria-pressed', 'true');
});

test('the palette offers what the keys do, each with its key', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Search or run' }).click();
  await expect(page.getByRole('combobox', { name: 'Search or run' })).toBeFocused();
  await page.keyboard.type('fold or unfold');
  await expect(page.getByRole('option', { name: /^Fold or unfold the editor/ })).toContainText('\\');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: /^Unfold the editor/ })).toBeVisible();
});

test('a handle shows its command before it is let go, and does it only then', async ({ page }) => {
  await openReady(page);
  const handle = page.getByRole('slider', { name: 'Replicas of web' });
  const box = await handle.boundingBox();
  if (!box) throw new Error('the handle is not on the page');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 190, y, { steps: 8 });
  await expect(page.getByText('kubectl scale sts/web --replicas=5')).toBeVisible();
  await expect(inspector(page).getByText('3/3 ready')).toBeVisible();
  await page.mouse.up();
  await expect(inspector(page).getByText(/^\d\/5 ready/)).toBeVisible();
});

test('nobody has to drag: arrow keys move a handle, and Enter or a click lets its number be typed', async ({
  page,
}) => {
  await openReady(page);
  const replicas = page.getByRole('slider', { name: 'Replicas of web' });
  await replicas.focus();
  await page.keyboard.press('ArrowRight');
  await expect(replicas).toHaveAttribute('aria-valuenow', '4');
  const partition = page.getByRole('slider', { name: 'Partition of web' });
  await partition.focus();
  await page.keyboard.press('Enter');
  const field = page.getByRole('textbox', { name: 'Partition of web' });
  await expect(field).toBeFocused();
  await page.keyboard.type('2');
  await expect(page.getByText(/^kubectl patch sts web -p .*"partition":2/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(partition).toHaveAttribute('aria-valuenow', '2');
  await expect(partition).toBeFocused();
  const box = await replicas.boundingBox();
  if (!box) throw new Error('the handle is not on the page');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(page.getByRole('textbox', { name: 'Replicas of web' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Replicas of web' })).toHaveCount(0);
});

test('the filter of a tab is there when one comes back to it', async ({ page }) => {
  await openReady(page);
  await page.getByRole('tab', { name: /^Events/ }).click();
  await page.getByRole('searchbox').fill('web-1');
  await page.getByRole('button', { name: 'Newest first' }).click();
  await page.getByRole('tab', { name: 'DNS' }).click();
  await expect(page.getByRole('searchbox')).toHaveValue('');
  await page.getByRole('tab', { name: /^Events/ }).click();
  await expect(page.getByRole('searchbox')).toHaveValue('web-1');
  await expect(page.getByRole('button', { name: 'Newest first' })).toHaveAttribute('aria-pressed', 'false');
});

test('a silent node says how long it is silent and when its pods are evicted', async ({ page }) => {
  await openReady(page);
  await nodesView(page).click();
  await inspector(page).getByRole('button', { name: 'Power off node-c' }).click();
  await setSpeed(page, '60×');
  const machine = page.getByRole('row', { name: /^node-c,/ });
  await expect(machine).toContainText(/evicts in \d:\d\d/, { timeout: 30_000 });
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(machine).toContainText(/silent \d:\d\d/);
});

test('the inspector tells of containers, owners, and whose turn changed the object last', async ({ page }) => {
  await openReady(page);
  await grid(page).getByText('web-1').first().click();
  const containers = inspector(page).getByRole('region', { name: 'Containers' });
  await expect(containers).toContainText(/nginx\s*Running since \d:\d\d/);
  await expect(inspector(page).getByRole('region', { name: 'Changed last' })).toContainText(/tick \d+ by kubelet/);
  await inspector(page)
    .getByRole('region', { name: 'Owned by' })
    .getByRole('button', { name: 'StatefulSet web' })
    .click();
  await expect(inspector(page).getByRole('heading', { name: 'web', exact: true })).toBeVisible();
});

test('a phone has every tab, and what one touches there is 44 pixels high', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('./');
  for (const name of [/^Events/, 'Terminal', 'DNS', 'Timeline'] as const) {
    await page.getByRole('tab', { name }).click();
    await expect(page.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true');
  }
  const small = await page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('header button, [data-time] button, .sh-viewrow button')].flatMap(
      (button) => {
        const { width, height } = button.getBoundingClientRect();
        // Marks on the line of acts lie close together: the same moments are reached by the buttons.
        const isMark = button.closest('.tl') !== null;
        return button.checkVisibility() && !isMark && (width < 44 || height < 44)
          ? [`${button.getAttribute('aria-label') ?? button.textContent}: ${width} by ${height}`]
          : [];
      },
    ),
  );
  expect(small).toEqual([]);
});

test('at 200% zoom the page reflows without a second scroll bar, and nothing is at fault', async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 450 });
  await page.goto('./');
  await expect(grid(page)).toBeVisible();
  const fits = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  expect(fits).toBe(true);
  await expect(page.getByRole('button', { name: 'Manifest' })).toBeVisible();
  await expect(page.getByRole('group', { name: 'Playback' })).toBeVisible();
  expect(await accessibilityFaults(page)).toEqual([]);
});
