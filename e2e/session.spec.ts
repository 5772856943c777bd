/** What a person does with a session, from the first visit to the link: the page against the real simulation. */
import type { Page } from '@playwright/test';
import { expect, test } from './support/watched-page.ts';

/** The editor takes its time to come; what is typed into it is typed as a person would. */
async function editorOf(page: Page) {
  const editor = page.locator('.monaco-editor').first();
  await expect(editor).toBeVisible({ timeout: 30_000 });
  return editor;
}

/** Replaces one text in the manifest by another. */
async function edit(page: Page, from: string, to: string): Promise<void> {
  const editor = await editorOf(page);
  await editor.click();
  await page.keyboard.press('Control+F');
  await page.keyboard.type(from);
  await page.keyboard.press('Escape');
  await page.keyboard.type(to);
}

/** Runs fast until a set has as many ready pods as it wants. */
async function untilReady(page: Page, words: string): Promise<void> {
  await setSpeed(page, '16×');
  await expect(page.getByRole('complementary', { name: 'Inspector' }).getByText(words)).toBeVisible({
    timeout: 30_000,
  });
}

async function setSpeed(page: Page, speed: string): Promise<void> {
  await page.getByRole('button', { name: /^Speed/ }).click();
  await page.getByRole('menuitemradio', { name: speed, exact: true }).click();
}

const clock = (page: Page) => page.getByTestId('clock');
const tick = (page: Page) => page.getByTestId('tick');

test('a first visit runs the example until all three pods are ready', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('main')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await untilReady(page, '3/3 ready');
  await expect(page.locator('[data-graph-grid]').getByText('web-2').first()).toBeVisible();
});

test('changing replicas in the manifest and Ctrl+Enter scales the set', async ({ page }) => {
  await page.goto('./');
  await untilReady(page, '3/3 ready');
  await edit(page, 'replicas: 3', 'replicas: 4');
  await expect(page.getByText('1 line differs from applied')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('log')).toContainText('statefulset.apps/web configured');
  await expect(page.getByText('Matches what was applied')).toBeVisible();
  await untilReady(page, '4/4 ready');
});

test('a change the API server refuses shows its words at the line, and text and cluster stay', async ({ page }) => {
  await page.goto('./');
  await untilReady(page, '3/3 ready');
  await edit(page, 'storage: 1Gi', 'storage: 2Gi');
  await page.keyboard.press('Control+Enter');
  const problems = page.getByRole('region', { name: 'Problems' });
  await expect(problems).toContainText('updates to statefulset spec for fields other than');
  await expect(page.getByRole('log')).toContainText('Forbidden');
  await expect(page.getByText('The API server refused this')).toBeVisible();
  await expect(page.locator('.monaco-editor').first()).toContainText('2Gi');
  await expect(page.getByText('3/3 ready')).toBeVisible();
});

test('a manifest that is no YAML is told with its line, and the text stays', async ({ page }) => {
  await page.goto('./');
  await edit(page, '  replicas: 3', '     replicas: 3');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('region', { name: 'Problems' })).toContainText(/yaml/i);
  await expect(page.locator('.monaco-editor').first()).toContainText('replicas: 3');
});

test('the playhead goes back and forward, and the picture with it', async ({ page }) => {
  await page.goto('./');
  await untilReady(page, '3/3 ready');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  const end = await tick(page).textContent();
  const playhead = page.getByRole('slider', { name: 'Playhead' });
  await playhead.focus();
  await page.keyboard.press('Home');
  await expect(clock(page)).toHaveText('0:00.0');
  await expect(page.getByText('0/3 ready')).toBeVisible();
  await page.keyboard.press('End');
  await expect(tick(page)).toHaveText(end ?? '');
  await expect(page.getByText('3/3 ready')).toBeVisible();
  const box = await playhead.boundingBox();
  if (!box) throw new Error('the playhead is not on the page');
  await page.mouse.move(box.x, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x - 200, box.y + 12, { steps: 10 });
  await page.mouse.up();
  await expect(tick(page)).not.toHaveText(end ?? '');
  await expect(playhead).toHaveAttribute('aria-valuetext', /^\d+:\d\d, tick \d+$/);
});

test('an act in the past begins a branch, and the old future can be gone back to', async ({ page }) => {
  await page.goto('./');
  await untilReady(page, '3/3 ready');
  await page.getByRole('slider', { name: 'Playhead' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: /^web \d\/3 ready/ }).click();
  // Typed as a person would: `fill` changes the field behind the page's back in one of the browsers.
  await page.getByRole('textbox', { name: 'replicas' }).click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('1');
  await page.getByRole('button', { name: 'Scale', exact: true }).click();
  await expect(page.getByText('A new branch begins here.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Branch branch A', exact: true })).toBeVisible();
  await expect(page.getByRole('definition').filter({ hasText: /of 1$/ }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Branch branch A', exact: true }).click();
  await page.getByRole('menuitemradio', { name: 'main', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Branch main', exact: true })).toBeVisible();
  await page.getByRole('slider', { name: 'Playhead' }).focus();
  await page.keyboard.press('End');
  await expect(page.getByRole('definition').filter({ hasText: '3 of 3' }).first()).toBeVisible();
});

test('a link opens the same moment in another browser', async ({ page, browser, baseURL }) => {
  await page.goto('./');
  await untilReady(page, '3/3 ready');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Share' }).click();
  const field = page.getByRole('textbox', { name: 'Link' });
  await expect(field).toHaveValue(/#v1:/);
  const url = await field.inputValue();
  expect(url.length).toBeLessThan(2_000);
  await expect(page).toHaveURL(url);
  await page.keyboard.press('Escape');
  const [time, ticks] = [await clock(page).textContent(), await tick(page).textContent()];
  const context = await browser.newContext({ ...(baseURL !== undefined && { baseURL }), serviceWorkers: 'block' });
  const other = await context.newPage();
  await other.goto(url);
  await expect(tick(other)).toHaveText(ticks ?? '');
  await expect(clock(other)).toHaveText(time ?? '');
  await expect(other.getByText('3/3 ready')).toBeVisible();
  await expect(other.getByText('its fingerprint differs')).toHaveCount(0);
  // The link made there is the same to the letter, fingerprint included.
  await expect.poll(() => other.url()).toBe(url);
  await context.close();
});

test('a damaged link gets a page that says so, with a way on', async ({ page }) => {
  await page.goto('./#v1:dAAAAAAAAAAAAAA');
  await expect(page.getByRole('heading', { name: 'This link is damaged' })).toBeVisible();
  await page.getByRole('button', { name: 'Start with the example' }).click();
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
});

test('a link of a later version says that a newer page is needed', async ({ page }) => {
  await page.goto('./#v9:dabc');
  await expect(page.getByRole('heading', { name: 'This link is too new for this page' })).toBeVisible();
});

test('a session that was saved as a file opens from it', async ({ page }) => {
  // What is handed to the browser to be saved, whether this browser can be watched saving it or not.
  await page.addInitScript(() => {
    const create = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob: Blob) => {
      void blob.text().then((text) => Object.assign(globalThis, { savedText: text }));
      return create(blob);
    };
  });
  await page.goto('./');
  await untilReady(page, '3/3 ready');
  await page.getByRole('button', { name: 'File web.yaml' }).click();
  await page.getByRole('menuitem', { name: /Download this session/ }).click();
  await expect.poll(() => page.evaluate(() => 'savedText' in globalThis)).toBe(true);
  const text = await page.evaluate(() => (globalThis as unknown as { savedText: string }).savedText);
  expect(text).toContain('"ordinal": 1');
  await page.goto('./#v9:dabc');
  await page.reload();
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Open a file' }).click(),
  ]);
  await chooser.setFiles({ name: 'session.ordinal.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await expect(page.getByText('3/3 ready')).toBeVisible();
});

test('the editor completes fields and explains them from the schema', async ({ page }) => {
  await page.goto('./');
  const editor = await editorOf(page);
  await editor.click();
  await edit(page, '  minReadySeconds: 3', '  minReadySeconds: 3\n');
  await page.keyboard.press('Control+Space');
  const suggestions = page.locator('.suggest-widget');
  await expect(suggestions).toContainText('podManagementPolicy', { timeout: 20_000 });
  await page.keyboard.type('podM');
  await page.keyboard.press('Enter');
  await expect(editor).toContainText('podManagementPolicy:');
});

test('where the editor does not load, a plain field edits and applies', async ({ page, watched }) => {
  await page.route(/monaco-pane.*\.js$/, (route) => route.abort());
  await page.goto('./');
  await untilReady(page, '3/3 ready');
  const field = page.getByRole('textbox', { name: 'Manifest web.yaml' });
  await field.focus();
  await field.evaluate((area: HTMLTextAreaElement) => {
    const at = area.value.indexOf('replicas: 3') + 'replicas: '.length;
    area.setSelectionRange(at, at + 1);
  });
  await page.keyboard.type('2');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('log')).toContainText('statefulset.apps/web configured');
  await untilReady(page, '2/2 ready');
  // The browser says what it could not load; nothing else may have gone wrong.
  expect(watched.faults.filter((fault) => !/Failed to load|loading dynamically|NetworkError/i.test(fault))).toEqual([]);
  watched.faults.length = 0;
});

test('a manifest dropped on the page goes to the editor and is not applied by that', async ({ page }) => {
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'File web.yaml' })).toBeVisible();
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File(['apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: dropped\n'], 'dropped.yaml'));
    document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true }));
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await expect(page.getByRole('button', { name: 'File dropped.yaml' })).toBeVisible();
  await expect(page.getByText('Not applied yet', { exact: true })).toBeVisible();
  await expect(page.getByText('configmap/dropped is kept, not simulated')).toBeVisible();
});

test('what a manifest holds stays text', async ({ page }) => {
  await page.goto('./');
  await untilReady(page, '3/3 ready');
  await edit(page, '    app: nginx', '    app: <img src=x onerror=alert(1)>');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('log')).toContainText('<img src=x');
  expect(await page.locator('img').count()).toBe(0);
});
