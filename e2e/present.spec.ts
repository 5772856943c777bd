/** The page shown to a room: larger words, little else, and the way there and back. */
import type { Page } from '@playwright/test';
import { accessibilityFaults } from './support/accessibility.ts';
import { expect, test } from './support/watched-page.ts';

const root = (page: Page) => page.locator('html');
const grid = (page: Page) => page.locator('[data-graph-grid]');

/** The example with all pods ready, on a page that prefers dark. */
async function openReady(page: Page): Promise<void> {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('./');
  await page.getByRole('button', { name: /^Speed/ }).click();
  await page.getByRole('menuitemradio', { name: '16×', exact: true }).click();
  await expect(page.getByText('3/3 ready')).toBeVisible({ timeout: 30_000 });
}

async function present(page: Page): Promise<void> {
  await grid(page).focus();
  await page.keyboard.press('Shift+P');
  await expect(root(page)).toHaveAttribute('data-present');
  await expect(page.getByRole('button', { name: 'Stop presenting' })).toBeVisible();
}

/** Words on the page that are smaller on the screen than so many pixels. */
const smallWords = (page: Page, leastPx: number) =>
  page.evaluate((least) => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.querySelector('#root') ?? document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent?.trim() ?? '';
      if (!element || text === '' || element.closest('.visually-hidden, svg, [hidden], .fe, .monaco-editor')) continue;
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0 || box.top > innerHeight || !element.checkVisibility()) continue;
      const px = Number.parseFloat(getComputedStyle(element).fontSize) * (element.currentCSSZoom ?? 1);
      if (px < least - 0.01) found.push(`${text.slice(0, 30)}: ${px}`);
    }
    return found;
  }, leastPx);

test('Shift P presents: light, larger, the editor folded and the transport alone; Esc leaves it as it was', async ({
  page,
}) => {
  await openReady(page);
  await expect(root(page)).toHaveAttribute('data-theme', 'dark');
  await present(page);
  await expect(root(page)).toHaveAttribute('data-theme', 'light');
  await expect(page.getByRole('button', { name: /^Unfold the editor/ })).toBeVisible();
  await expect(page.getByRole('tab')).toHaveCount(0);
  await expect(page.getByRole('group', { name: 'Playback' })).toBeVisible();
  await expect(page.getByRole('slider', { name: 'Playhead' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'What is going on?' })).toBeVisible();
  expect(await smallWords(page, 15)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(root(page)).not.toHaveAttribute('data-present');
  await expect(root(page)).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('tab', { name: 'Timeline' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Unfold the editor/ })).toHaveCount(0);
});

test('while presenting, Esc first lets go of what is selected', async ({ page }) => {
  await openReady(page);
  await present(page);
  await grid(page).getByText('web-1').first().click();
  await expect(page.getByRole('heading', { name: 'web-1', exact: true })).toBeVisible();
  await grid(page).focus();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Cluster', exact: true })).toBeVisible();
  await expect(root(page)).toHaveAttribute('data-present');
  await page.keyboard.press('Escape');
  await expect(root(page)).not.toHaveAttribute('data-present');
});

test('the canvas goes along with the pointer, and menus open at their buttons, though all is larger', async ({
  page,
}) => {
  await openReady(page);
  await present(page);
  const slot = grid(page).getByText('web-0', { exact: true }).first();
  const before = await slot.boundingBox();
  const canvas = await grid(page).boundingBox();
  if (!before || !canvas) throw new Error('the canvas is not on the page');
  const [x, y] = [canvas.x + canvas.width - 60, canvas.y + canvas.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 120, y, { steps: 6 });
  await page.mouse.up();
  const after = await slot.boundingBox();
  expect(Math.round((after?.x ?? 0) - before.x)).toBe(-120);
  const speed = page.getByRole('button', { name: /^Speed/ });
  await speed.click();
  const list = await page.getByRole('menu').boundingBox();
  const button = await speed.boundingBox();
  expect(Math.abs((list?.x ?? 0) - (button?.x ?? 0))).toBeLessThan(2);
  expect((list?.y ?? 0) + (list?.height ?? 0)).toBeLessThanOrEqual((button?.y ?? 0) + 2);
});

test('a link carries that the page is shown to a room', async ({ page, context, baseURL }) => {
  await openReady(page);
  const before = new URL(page.url()).hash;
  await present(page);
  await expect.poll(() => new URL(page.url()).hash).not.toBe(before);
  const other = await context.newPage();
  await other.goto(`${baseURL}${new URL(page.url()).hash}`);
  await expect(root(other)).toHaveAttribute('data-present');
  await expect(other.getByRole('button', { name: 'Stop presenting' })).toBeVisible();
  await other.getByRole('button', { name: 'Stop presenting' }).click();
  await expect(other.getByRole('tab', { name: 'Timeline' })).toBeVisible();
});

test('a presentation meets WCAG A and AA in both themes', async ({ page }) => {
  await openReady(page);
  await present(page);
  await grid(page).getByText('web-2').first().click();
  expect(await accessibilityFaults(page), 'light').toEqual([]);
  await page.getByRole('button', { name: 'Use the dark theme' }).click();
  expect(await accessibilityFaults(page), 'dark').toEqual([]);
});

test('there is no presentation where there is no room for one', async ({ page }) => {
  await page.setViewportSize({ width: 700, height: 900 });
  await page.goto('./');
  await grid(page).focus();
  await page.keyboard.press('Shift+P');
  await expect(root(page)).not.toHaveAttribute('data-present');
});
