/** The editor and its files: what people who know editors expect of one. */
import type { Page } from '@playwright/test';
import { accessibilityFaults } from './support/accessibility.ts';
import { expect, test } from './support/watched-page.ts';

const NEEDS_HELP = `apiVersion: v1
kind: Service
metadata:
  name: db
spec:
  selector:
    app: db
  ports:
    - port: 5432
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: db
spec:
  serviceName: db
  replicas: 1
  selector:
    matchLabels:
      app: db
  template:
    metadata:
      labels:
        app: db
    spec:
      containers:
        - name: db
          image: postgres:17.4
`;

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n    name: extra # kept\ndata:\n    mode: "0644"\n';

/** Drops files on the page as a browser does. */
async function drop(page: Page, files: readonly (readonly [name: string, text: string])[]): Promise<void> {
  await page.evaluate((dropped) => {
    const data = new DataTransfer();
    for (const [name, text] of dropped) data.items.add(new File([text], name));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, files);
}

const tabs = (page: Page) => page.getByRole('list', { name: 'Files' });
const tab = (page: Page, name: string) => tabs(page).getByRole('button', { name: new RegExp(`^(?!Close).*${name}`) });
const problems = (page: Page) => page.getByRole('region', { name: 'Problems' });
const inspector = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });

/** Opens the page and waits for the editor. */
async function openEditor(page: Page) {
  await page.goto('./');
  const editor = page.locator('.monaco-editor').first();
  await expect(editor).toBeVisible({ timeout: 30_000 });
  return editor;
}

test('a quick fix makes a Service headless, by key and by button, and can be undone', async ({ page }) => {
  const editor = await openEditor(page);
  await drop(page, [['db.yaml', NEEDS_HELP]]);
  await expect(problems(page)).toContainText('has an address of its own');
  await editor.locator('.view-lines').click();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('F8');
  await expect(page.locator('.monaco-hover').first()).toContainText('has an address of its own');
  await page.keyboard.press('Control+.');
  await expect(page.locator('.action-widget').first()).toContainText('Make the Service headless');
  await page.keyboard.press('Enter');
  await expect(editor).toContainText('clusterIP: None');
  await expect(problems(page)).toHaveCount(0);
  await page.keyboard.press('Control+Z');
  await expect(problems(page)).toContainText('has an address of its own');
  await problems(page)
    .getByRole('button', { name: /^Make the Service headless/ })
    .click();
  await expect(editor).toContainText('clusterIP: None');
  await expect(problems(page)).toHaveCount(0);
});

test('where the editor does not load, Problems has the same ways out', async ({ page, watched }) => {
  await page.route(/monaco-pane.*\.js$/, (route) => route.abort());
  await page.goto('./');
  await expect(tab(page, 'web.yaml')).toBeVisible();
  await drop(page, [['db.yaml', NEEDS_HELP]]);
  await problems(page)
    .getByRole('button', { name: /^Make the Service headless/ })
    .click();
  const field = page.getByRole('textbox', { name: 'Manifest db.yaml' });
  await expect(field).toHaveValue(/clusterIP: None/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(field).not.toHaveValue(/clusterIP: None/);
  expect(watched.faults.filter((fault) => !/Failed to load|loading dynamically|NetworkError/i.test(fault))).toEqual([]);
  watched.faults.length = 0;
});

test('two dropped files are tabs, others are named, and all are applied with one command', async ({ page }) => {
  await openEditor(page);
  await drop(page, [
    ['db.yaml', NEEDS_HELP],
    ['extra.yaml', CONFIG],
    ['notes.md', '# notes'],
  ]);
  await expect(page.getByText('2 files are in the editor and not applied yet. Left out: notes.md.')).toBeVisible();
  await expect(tabs(page).getByRole('listitem')).toHaveCount(4);
  await expect(tab(page, 'db.yaml')).toHaveAttribute('aria-current', 'true');
  await page.locator('.monaco-editor .view-lines').first().click();
  await page.keyboard.press('Control+Shift+Enter');
  await expect(page.getByRole('log')).toContainText('kubectl apply -f web.yaml -f db.yaml -f extra.yaml');
  await expect(page.getByRole('log')).toContainText('statefulset.apps/db created');
  await expect(tab(page, 'extra.yaml')).toContainText('applied');
});

test('tabs are renamed, moved and closed by keyboard, and what is closed comes back', async ({ page }) => {
  await openEditor(page);
  await drop(page, [
    ['db.yaml', NEEDS_HELP],
    ['extra.yaml', CONFIG],
  ]);
  await tab(page, 'db.yaml').focus();
  await page.keyboard.press('Alt+Shift+ArrowLeft');
  const order = () => tabs(page).locator('.ed-tab-words').allTextContents();
  expect(await order()).toEqual(['db.yaml', 'web.yaml', 'extra.yaml']);
  await tab(page, 'db.yaml').focus();
  await page.keyboard.press('F2');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('data.yaml');
  await page.keyboard.press('Enter');
  await expect(tab(page, 'data.yaml')).toBeVisible();
  await tab(page, 'data.yaml').focus();
  await page.keyboard.press('Delete');
  expect(await order()).toEqual(['web.yaml', 'extra.yaml']);
  await page.getByRole('button', { name: 'Undo' }).click();
  expect(await order()).toEqual(['data.yaml', 'web.yaml', 'extra.yaml']);
  await expect(page.locator('.monaco-editor').first()).toContainText('postgres:17.4');
});

test('tabs with their order come back with the link', async ({ page, browser, baseURL }) => {
  await openEditor(page);
  await drop(page, [
    ['z.yaml', NEEDS_HELP],
    ['a.yaml', CONFIG],
  ]);
  await expect(tab(page, 'a.yaml')).toBeVisible();
  await page.getByRole('button', { name: 'Share' }).click();
  const field = page.getByRole('textbox', { name: 'Link' });
  await expect(field).toHaveValue(/#v1:/);
  const url = await field.inputValue();
  const context = await browser.newContext({ ...(baseURL !== undefined && { baseURL }), serviceWorkers: 'block' });
  const other = await context.newPage();
  await other.goto(url);
  await expect(tabs(other).locator('.ed-tab-words')).toHaveText(['web.yaml', 'z.yaml', 'a.yaml']);
  await tab(other, 'a.yaml').click();
  await expect(other.locator('section[aria-label="Manifest"]')).toContainText('extra');
  await context.close();
});

test('the gallery opens Cassandra beside the file', async ({ page }) => {
  await openEditor(page);
  await page.getByRole('button', { name: 'Examples' }).click();
  const gallery = page.getByRole('dialog', { name: 'Gallery' });
  await gallery.getByRole('button', { name: /^Cassandra a ring/ }).click();
  await expect(gallery.getByRole('list', { name: 'What it holds' })).toContainText('3 replicas');
  await expect(gallery).toContainText('CASSANDRA_SEEDS');
  expect(await accessibilityFaults(page)).toEqual([]);
  await gallery.getByRole('button', { name: 'Open beside' }).click();
  await expect(gallery).toHaveCount(0);
  await expect(tab(page, 'cassandra.yaml')).toHaveAttribute('aria-current', 'true');
  await expect(tab(page, 'web.yaml')).toBeVisible();
  await expect(page.getByText('Not applied yet', { exact: true })).toBeVisible();
});

test('the gallery starts a fresh cluster, by keyboard alone', async ({ page }) => {
  await page.goto('./');
  await expect(tab(page, 'web.yaml')).toBeVisible();
  await page.getByRole('button', { name: 'Examples' }).focus();
  await page.keyboard.press('Enter');
  const gallery = page.getByRole('dialog', { name: 'Gallery' });
  await expect(gallery.getByRole('button', { name: /^Three nginx with volumes/ })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(gallery.getByRole('region', { name: 'Five at once' })).toContainText('5 replicas');
  await gallery.getByRole('button', { name: 'Start a fresh cluster with it' }).press('Enter');
  await expect(gallery).toHaveCount(0);
  await expect(page.locator('[data-graph-grid]').getByText('cache-0').first()).toBeVisible();
  await expect(tabs(page).locator('.ed-tab-words')).toHaveText(['cache.yaml']);
});

test('the editor offers names that are there, and values of a field', async ({ page }) => {
  const editor = await openEditor(page);
  await drop(page, [
    ['new.yaml', 'apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: new\nspec:\n  podManagementPolicy:'],
  ]);
  await editor.locator('.view-lines').click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' ');
  const offers = page.locator('.suggest-widget');
  await expect(async () => {
    await page.keyboard.press('Control+Space');
    await expect(offers).toContainText('Parallel', { timeout: 1_500 });
  }).toPass({ timeout: 20_000 });
  await page.keyboard.type('Par');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type('serviceName: ');
  await expect(offers).toContainText('nginx');
  await page.keyboard.type('ngi');
  await page.keyboard.press('Enter');
  await expect(editor).toContainText('serviceName: nginx');
});

test('from the manifest to the picture and back, without the focus being taken', async ({ page }) => {
  const editor = await openEditor(page);
  await editor.locator('.codelens-decoration a', { hasText: 'web in the graph' }).click();
  await expect(inspector(page).getByRole('heading', { name: 'web', exact: true })).toBeVisible();
  await editor.locator('.view-line', { hasText: 'serviceName' }).click({ position: { x: 120, y: 8 } });
  await page.keyboard.press('F12');
  await expect(inspector(page).getByRole('heading', { name: 'nginx', exact: true })).toBeVisible();
  expect(await page.evaluate(() => document.activeElement?.closest('.monaco-editor') !== null)).toBe(true);
  await page.getByRole('button', { name: 'Objects of web.yaml' }).click();
  await page.getByRole('menuitemradio', { name: /^nginx/ }).click();
  await expect(page.getByRole('navigation', { name: 'Place in the manifest' })).toContainText('Service nginx');
});

test('formatting keeps meaning and comments', async ({ page }) => {
  const editor = await openEditor(page);
  await drop(page, [['extra.yaml', CONFIG]]);
  await editor.locator('.view-lines').click();
  await expect(async () => {
    await page.keyboard.press('Shift+Alt+F');
    await expect(editor.locator('.view-line', { hasText: 'name:' })).toHaveText(/^\s{2}name:\sextra\s#\skept$/, {
      timeout: 1_500,
    });
  }).toPass({ timeout: 20_000 });
  await expect(editor).toContainText('"0644"');
});

test('lines that differ from what is applied are shown, compared and set back', async ({ page }) => {
  const editor = await openEditor(page);
  await editor.locator('.view-lines').click();
  await page.keyboard.press('Control+F');
  await page.keyboard.type('replicas: 3');
  await page.keyboard.press('Escape');
  await page.keyboard.type('replicas: 5');
  await expect(page.getByText('1 line differs from applied')).toBeVisible();
  await page.getByRole('button', { name: 'Files and editor' }).click();
  await page.getByRole('menuitem', { name: /^Compare with applied/ }).click();
  const compare = page.getByTestId('compare');
  await expect(compare).toContainText('replicas: 3');
  await expect(compare).toContainText('replicas: 5');
  await page.getByRole('button', { name: 'Back to the file' }).click();
  await editor.locator('.ed-changed-bar').click();
  const card = page.getByRole('dialog', { name: 'Lines that differ from what was applied' });
  await expect(card).toContainText('replicas: 3');
  await card.getByRole('button', { name: 'Set back' }).click();
  await expect(page.getByText('Matches what was applied')).toBeVisible();
});
