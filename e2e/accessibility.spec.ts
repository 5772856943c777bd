/** What holds for people who use the page by keyboard, by ear or with another theme. */
import type { Page } from '@playwright/test';
import { accessibilityFaults } from './support/accessibility.ts';
import { expect, test } from './support/watched-page.ts';

const clock = (page: Page) => page.getByTestId('clock');
const tick = (page: Page) => page.getByTestId('tick');
const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });

/** The page with everything on it: a finished roll-out, an object selected, the editor loaded. */
async function openWhole(page: Page): Promise<void> {
  await page.goto('./');
  await page.getByRole('button', { name: /^Speed/ }).click();
  await page.getByRole('menuitemradio', { name: '16×', exact: true }).click();
  await expect(inspector(page).getByText('3/3 ready')).toBeVisible({ timeout: 30_000 });
  await expect(page.locator('.monaco-editor').first()).toBeVisible({ timeout: 30_000 });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the cluster and its tabs meet WCAG A and AA in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openWhole(page);
    expect(await accessibilityFaults(page), 'the cluster').toEqual([]);
    await page.getByRole('tab', { name: /Events/ }).click();
    await expect(page.getByRole('columnheader', { name: 'Reason' })).toBeVisible();
    expect(await accessibilityFaults(page), 'events').toEqual([]);
    await page.getByRole('tab', { name: 'DNS' }).click();
    expect(await accessibilityFaults(page), 'DNS').toEqual([]);
  });

  test(`the nodes, a set and the cells meet WCAG A and AA in the ${colorScheme} theme`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openWhole(page);
    await page.getByRole('button', { name: 'Nodes', exact: true }).click();
    await page.getByRole('button', { name: /^web \d\/3 ready/ }).click();
    await expect(inspector(page).getByRole('heading', { name: 'Acts' })).toBeVisible();
    expect(await accessibilityFaults(page), 'nodes, and a set selected').toEqual([]);
    await page.getByRole('button', { name: 'Identity', exact: true }).click();
    await page.getByRole('textbox', { name: 'replicas' }).fill('60');
    await page.getByRole('button', { name: 'Scale', exact: true }).click();
    await expect(page.getByRole('group', { name: 'colour by' })).toBeVisible();
    expect(await accessibilityFaults(page), 'cells').toEqual([]);
  });

  for (const name of ['Share', 'Search or run', 'Keys and help'] as const) {
    test(`the dialog of "${name}" meets WCAG A and AA in the ${colorScheme} theme`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto('./');
      await page.getByRole('button', { name, exact: true }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await accessibilityFaults(page)).toEqual([]);
    });
  }

  test(`the phone's page meets WCAG A and AA in the ${colorScheme} theme`, async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ colorScheme });
    await page.goto('./');
    await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
    await expect(page.getByRole('slider', { name: 'Playhead' })).toBeVisible();
    expect(await accessibilityFaults(page), 'rows').toEqual([]);
    await page.getByRole('button', { name: 'Inspector' }).click();
    await expect(inspector(page)).toBeVisible();
    expect(await accessibilityFaults(page), 'inspector').toEqual([]);
    await inspector(page).getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Manifest' }).click();
    await expect(page.getByRole('region', { name: 'Manifest' })).toBeVisible();
    expect(await accessibilityFaults(page), 'manifest').toEqual([]);
  });
}

test('the page that tells of a damaged link meets WCAG A and AA', async ({ page }) => {
  await page.goto('./#v1:dnonsense');
  await expect(page.getByRole('heading', { level: 2 })).toBeVisible();
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('the keyboard alone plays, steps, jumps, scales, switches views and undoes a selection', async ({ page }) => {
  await openWhole(page);
  await page.locator('[data-graph-grid]').focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.getByRole('slider', { name: 'Playhead' }).focus();
  await page.keyboard.press('Home');
  await expect(clock(page)).toHaveText('0:00.0');
  const first = await tick(page).textContent();
  await page.keyboard.press('ArrowRight');
  await expect(tick(page)).not.toHaveText(first ?? '');
  await page.keyboard.press('ArrowLeft');
  await expect(tick(page)).toHaveText(first ?? '');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowLeft');
  await expect(clock(page)).toHaveText('0:00.0');
  await page.keyboard.press('End');
  await page.keyboard.press(']');
  await expect(inspector(page).getByText('3/4 ready')).toBeVisible();
  await page.keyboard.press('2');
  await expect(page.getByRole('button', { name: 'Nodes', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('1');
  await expect(page.getByRole('button', { name: 'Identity', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('\\');
  await expect(page.getByRole('button', { name: 'Unfold the editor: web.yaml' })).toBeVisible();
  await page.keyboard.press('\\');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('combobox', { name: 'Search or run' })).toBeFocused();
  await page.keyboard.type('inspect web-1');
  await page.keyboard.press('Enter');
  await expect(inspector(page).getByRole('heading', { name: 'web-1', exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(inspector(page).getByRole('heading', { name: 'Cluster', exact: true })).toBeVisible();
});

test('single keys are letters inside the editor, and Escape leaves it', async ({ page }) => {
  await openWhole(page);
  const editor = page.locator('.monaco-editor').first();
  await editor.click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('#2 ]');
  await expect(editor).toContainText('#2 ]');
  await expect(page.getByRole('button', { name: 'Identity', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect(page.locator('[data-graph-grid]')).toBeFocused();
});

test('the playhead tells where it stands, and the thought is spoken', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('slider', { name: 'Playhead' })).toHaveAttribute('aria-valuetext', /^0:\d\d, tick \d+$/);
  await expect(page.getByRole('status').filter({ hasText: 'waiting for web-0' }).first()).toBeAttached();
});
