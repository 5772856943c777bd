/** A set that is stuck in production is pasted, explained, and healed on the page. */
import type { Page } from '@playwright/test';
import { accessibilityFaults } from './support/accessibility.ts';
import { STUCK_CLUSTER } from './support/stuck-cluster.ts';
import { expect, test } from './support/watched-page.ts';

const dialog = (page: Page) => page.getByRole('dialog');
const set = (page: Page, words: RegExp) => page.getByRole('row', { name: words });

async function openDialog(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'File web.yaml' }).click();
  await page.getByRole('menuitem', { name: /living cluster/ }).click();
}

test('what kubectl printed of a cluster opens as it is, and says what blocks it', async ({ page }) => {
  await page.goto('./');
  await expect(set(page, /^StatefulSet web, /)).toBeVisible();
  await openDialog(page);
  await expect(dialog(page).getByText(/^kubectl get sts,pod,/)).toBeVisible();
  expect(await accessibilityFaults(page)).toEqual([]);
  const field = dialog(page).getByRole('textbox', { name: /Output of kubectl get/ });

  // A manifest is no cluster, and nothing is lost by trying.
  await field.fill('apiVersion: v1\nkind: Service\nmetadata:\n  name: a\n');
  await dialog(page).getByRole('button', { name: 'Open it' }).click();
  await expect(dialog(page).getByRole('alert')).toContainText('this is a manifest');

  await field.fill(STUCK_CLUSTER);
  await dialog(page).getByRole('button', { name: 'Open it' }).click();
  await expect(dialog(page).getByRole('region', { name: 'Why' })).toContainText(
    'db is waiting for db-1 to be Running and Ready',
  );
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Look at it' }).click();
  await expect(set(page, /^StatefulSet db, 2 of 2 replicas, 1 ready, 1 updated/)).toBeVisible();

  // Undoing alone heals nothing: the broken pod has to go too.
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await expect(inspector.getByRole('region', { name: 'Trap: A broken pod holds the roll-out' })).toBeVisible();

  // What was open before is one step back.
  await page.goBack();
  await expect(set(page, /^StatefulSet web, /)).toBeVisible();
});

test('objects of a cluster in the editor are offered to be opened as the cluster', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('./');
  await page
    .getByRole('textbox', { name: /^Manifest .*Press Escape/ })
    .first()
    .focus();
  await page.keyboard.press('ControlOrMeta+A');
  await page.evaluate((text) => navigator.clipboard.writeText(text), STUCK_CLUSTER);
  await page.keyboard.press('ControlOrMeta+V');
  await page.getByRole('button', { name: 'Open as the cluster' }).click();
  await expect(dialog(page).getByText('The cluster stands as it was pasted')).toBeVisible();
});
