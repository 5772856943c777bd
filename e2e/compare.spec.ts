/** Branches beside each other, and what the timeline tells of them: forks, names, what is foreseen, what is folded. */
import type { Page } from '@playwright/test';
import { accessibilityFaults } from './support/accessibility.ts';
import { expect, test } from './support/watched-page.ts';

const playhead = (page: Page) => page.getByRole('slider', { name: 'Playhead' });
const compare = (page: Page) => page.getByRole('region', { name: 'Compare two branches' });
const side = (page: Page, name: 'Left' | 'Right') => page.getByRole('region', { name: `${name} branch` });
const line = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Differences in words' }).getByRole('row', { name: new RegExp(`^${name} `) });

async function setSpeed(page: Page, speed: string): Promise<void> {
  await page.getByRole('button', { name: /^Speed/ }).click();
  await page.getByRole('menuitemradio', { name: speed, exact: true }).click();
}

async function kubectl(page: Page, command: string): Promise<void> {
  await page.keyboard.press('Control+K');
  const field = page.getByPlaceholder('Search, or type kubectl');
  await expect(field).toBeVisible();
  await field.fill(`kubectl ${command}`);
  await page.keyboard.press('Enter');
  await expect(field).toHaveCount(0);
}

/** Runs fast to where nothing is left to happen. */
async function untilQuiet(page: Page): Promise<void> {
  await expect(page.getByText('quiet', { exact: true })).toBeVisible({ timeout: 40_000 });
}

/** Three replicas on `main`; on `branch A`, which left it as soon as the first pod was there, five. */
async function openForked(page: Page): Promise<void> {
  await page.goto('./');
  await setSpeed(page, '60×');
  await untilQuiet(page);
  await playhead(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await kubectl(page, 'scale sts/web --replicas=5');
  await expect(page.getByText('A new branch begins here.')).toBeVisible();
  await untilQuiet(page);
}

test('two branches stand side by side at the same moment, and what differs is said in words', async ({ page }) => {
  await openForked(page);
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(side(page, 'Left').getByRole('button', { name: 'Left branch: branch A' })).toBeVisible();
  await expect(side(page, 'Right').getByRole('button', { name: 'Right branch: main' })).toBeVisible();
  await expect(side(page, 'Left').locator('[data-graph-grid]')).toContainText('web-4');
  await expect(side(page, 'Right').locator('[data-graph-grid]')).not.toContainText('web-4');
  await expect(line(page, 'web-4')).toContainText('Ready on rev 1');
  await expect(line(page, 'web-4')).toContainText('no pod');
  await expect(line(page, 'www-web-3')).toContainText('no claim');
  expect(await accessibilityFaults(page)).toEqual([]);
  // One playhead: both are where it is.
  await playhead(page).focus();
  await page.keyboard.press('Home');
  await expect(page.getByText(/^The two are one until/)).toBeVisible();
  await page.keyboard.press('End');
  await expect(line(page, 'web-4')).toBeVisible();
  await page.getByRole('button', { name: 'Nodes', exact: true }).click();
  await expect(side(page, 'Right').getByRole('grid', { name: 'Nodes' })).toContainText('web-1');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Identity', exact: true }).click();
  await page.getByRole('button', { name: 'Swap sides' }).click();
  await expect(side(page, 'Left').getByRole('button', { name: 'Left branch: main' })).toBeVisible();
  await side(page, 'Left').getByRole('button', { name: 'Go on with this one' }).click();
  await expect(compare(page)).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Branch main', exact: true })).toBeVisible();
  await expect(page.getByText('3/3 ready')).toBeVisible();
});

test('comparing begins and ends by keys alone, and is part of the link', async ({ page, browser, baseURL }) => {
  await openForked(page);
  await page.locator('[data-canvas]').focus();
  await page.keyboard.press('3');
  await expect(compare(page)).toBeVisible();
  await expect(line(page, 'web-4')).toBeVisible();
  // The link follows within moments.
  await expect(async () => {
    const context = await browser.newContext({ ...(baseURL !== undefined && { baseURL }), serviceWorkers: 'block' });
    const other = await context.newPage();
    await other.goto(page.url());
    await expect(compare(other)).toBeVisible({ timeout: 5_000 });
    await expect(line(other, 'web-4')).toBeVisible();
    await context.close();
  }).toPass({ timeout: 40_000 });
  // The first Escape lets go of what is selected, the second of the other branch.
  await line(page, 'web-4').getByRole('button').click();
  await page.keyboard.press('Escape');
  await expect(compare(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(compare(page)).toHaveCount(0);
});

test('on a phone one of the two is shown at a time', async ({ page }) => {
  await openForked(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  const shown = page.getByRole('group', { name: 'Branch shown' });
  await expect(side(page, 'Left')).toContainText('5 of 5 ready');
  await expect(side(page, 'Right')).toHaveCount(0);
  await shown.getByRole('button', { name: 'main' }).click();
  await expect(side(page, 'Right')).toContainText('3 of 3 ready');
  await expect(side(page, 'Left')).toHaveCount(0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  expect(await accessibilityFaults(page)).toEqual([]);
});

test('a branch is renamed at the end of its path, and one that is deleted can be had back', async ({ page }) => {
  await openForked(page);
  await page.getByRole('button', { name: 'branch A: rename' }).click();
  await page.getByRole('menuitem', { name: 'Rename' }).click();
  await page.keyboard.type('five pods');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Branch five pods', exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^main: go to/ }).click();
  // It cannot be taken away: another branch left it.
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toHaveCount(0);
  await page.getByRole('menuitem', { name: 'Go to this branch' }).click();
  await page.getByRole('button', { name: /^five pods: go to/ }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(page.getByText('five pods is deleted.')).toBeVisible();
  await expect(page.getByRole('button', { name: /^five pods: go to/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: /^five pods: go to/ })).toBeVisible();
});

test('the timeline foresees where everything comes to rest, and leaves idle time out', async ({ page }) => {
  await page.goto('./');
  const words = page.locator('.tl').getByText(/^if nothing changes: quiet from \d+:\d\d$/);
  await expect(words).toBeVisible();
  const end = /\d+:\d\d/.exec((await words.textContent()) ?? '')?.[0] ?? '';
  await setSpeed(page, '60×');
  await untilQuiet(page);
  await expect(words).toHaveCount(0);
  // The last thing that happened, happened then.
  await playhead(page).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByTestId('clock')).toHaveText(new RegExp(`^${end}\\.`));
  // Some minutes in which nothing happens, then something.
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await expect(page.getByTestId('clock')).toHaveText(/^[3-9]:/, { timeout: 20_000 });
  await page.getByRole('button', { name: 'Pause' }).click();
  await setSpeed(page, '1×');
  await kubectl(page, 'delete pod web-1');
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText(/^Nothing happens for [2-9]:\d\d$/)).toHaveCount(1);
  await expect(words).toBeVisible();
  const tools = page.getByRole('button', { name: 'What the timeline shows' });
  await tools.click();
  await page.getByRole('menuitem', { name: 'Hide what comes if nothing changes' }).click();
  await expect(words).toHaveCount(0);
  await tools.click();
  await page.getByRole('menuitem', { name: 'Show idle time as long as it is' }).click();
  await expect(page.getByText(/^Nothing happens for/)).toHaveCount(0);
});

test('a large set is drawn as ordinals over time, and told in the table with the slots in trouble', async ({
  page,
}) => {
  await page.goto('./');
  await setSpeed(page, '60×');
  await untilQuiet(page);
  await kubectl(page, 'scale sts/web --replicas=30');
  await expect(page.getByText('30/30 ready')).toBeVisible({ timeout: 40_000 });
  await expect(page.locator('.tl-heat canvas')).toBeVisible();
  await page.getByRole('button', { name: 'Power off' }).first().click();
  const table = page.getByRole('table', { name: 'Lives of the slots' });
  await expect(table.getByRole('row', { name: /^web, all/ })).toContainText(/30 slots, web-\d+ Unknown from \d/);
  expect(await accessibilityFaults(page)).toEqual([]);
});
