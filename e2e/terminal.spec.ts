/** The terminal: what people type on a real cluster, typed into the page. */
import type { Page } from '@playwright/test';
import { accessibilityFaults } from './support/accessibility.ts';
import { expect, test } from './support/watched-page.ts';

const log = (page: Page) => page.getByRole('log', { name: 'Terminal' });
const line = (page: Page) => page.getByRole('textbox', { name: /^Command line/ });

async function setSpeed(page: Page, speed: string): Promise<void> {
  await page.getByRole('button', { name: /^Speed/ }).click();
  await page.getByRole('menuitemradio', { name: speed, exact: true }).click();
}

/** Opens the page with its example, and the terminal by its key. */
async function open(page: Page, speed = '60×'): Promise<void> {
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
  await setSpeed(page, speed);
  await page.locator('[data-graph-grid]').focus();
  await page.keyboard.press('t');
  await expect(line(page)).toBeFocused();
}

/** Everything printed since a mark that only this call has typed. */
let marks = 0;

/** Types a command, waits until the prompt is back, and gives what was printed. */
async function run(page: Page, command: string, timeout = 30_000): Promise<string> {
  marks += 1;
  const mark = `mark-${marks}`;
  await line(page).fill(command);
  await page.keyboard.press('Enter');
  // What is typed while a command holds the prompt waits for its end, as in any terminal.
  await line(page).fill(`echo ${mark}`);
  await page.keyboard.press('Enter');
  await expect(log(page).locator('[data-kind="out"]', { hasText: new RegExp(`^${mark}$`) })).toHaveCount(1, {
    timeout,
  });
  const rows = await log(page).evaluate((element) =>
    [...element.children].map((row) => ({
      isPrompt: row.getAttribute('data-kind') === 'prompt',
      text: (row.textContent ?? '').replace(/^\u00a0$/, ''),
    })),
  );
  const end = rows.findLastIndex(({ isPrompt, text }) => isPrompt && text.endsWith(`$ echo ${mark}`));
  const [first = ''] = command.split('\n');
  const start = rows.slice(0, end).findLastIndex(({ isPrompt, text }) => isPrompt && text.endsWith(`$ ${first}`));
  return rows
    .slice(start, end)
    .filter(({ isPrompt }) => !isPrompt)
    .map(({ text }) => `${text}\n`)
    .join('');
}

test('a command that reads is answered at the moment shown, one that changes moves the graph', async ({ page }) => {
  await open(page);
  expect(await run(page, 'kubectl rollout status sts/web')).toContain('partitioned roll out complete: 3 new pods');
  expect(await run(page, 'kubectl get sts web --no-headers')).toMatch(/^web +3\/3 +\S+\n$/);
  expect(await run(page, 'kubectl scale sts web --replicas=4 && kubectl rollout status sts/web | tail -1')).toMatch(
    /^statefulset\.apps\/web scaled\npartitioned roll out complete: 4 new pods/,
  );
  await expect(page.locator('[data-graph-grid]').getByText('web-3').first()).toBeVisible();
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await expect(page.getByText('scale 3→4').first()).toBeAttached();
});

test('what buttons, handles and the editor do is told in the terminal with its command', async ({ page }) => {
  await open(page);
  const act = (text: string) => log(page).locator('[data-kind="act"]', { hasText: text });
  // The session's own first act is there, and nobody did it on this page.
  await expect(act('$ kubectl apply -f web.yaml')).toHaveText(/web\.yaml$/);
  await page.locator('[data-graph-grid]').focus();
  await page.keyboard.press(']');
  await expect(act('kubectl scale sts/web --replicas=4')).toContainText('# by the page');
  await expect(log(page)).toContainText('statefulset.apps/web scaled');
  await page.getByRole('slider', { name: 'Partition of web' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(act('kubectl patch sts web -p')).toContainText('"partition":1');
  await page.getByRole('button', { name: 'Cordon' }).first().click();
  await expect(act('kubectl cordon node-a')).toContainText('# by the page');
  await page.getByRole('button', { name: 'Power off' }).last().click();
  await expect(act('# node-down node-')).toContainText('by the page');
});

test('a moment before a command leads back to it, and what watched there ends', async ({ page }) => {
  await open(page);
  await run(page, 'kubectl rollout status sts/web');
  await run(page, 'echo here');
  await line(page).fill('kubectl get pods -w');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Commands that watch' })).toBeVisible();
  await run(page, 'kubectl delete pod web-0');
  const moment = page.getByRole('button', { name: 'Go to 0:00' }).first();
  await moment.click();
  await expect(log(page)).toContainText('kubectl get pods -w: ended, because the playhead went back');
  await expect(page.getByRole('list', { name: 'Commands that watch' })).toHaveCount(0);
  expect(await run(page, 'kubectl get pods')).toContain('No resources found');
  // Up and down lead from moment to moment.
  await page
    .getByRole('button', { name: /^Go to / })
    .last()
    .focus();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('button', { name: /^Go to / }).nth(-2)).toBeFocused();
});

test('what was printed is there again after a reload, and in a link what its acts have printed', async ({
  page,
  context,
}) => {
  await open(page);
  await run(page, 'kubectl rollout status sts/web');
  await run(page, 'kubectl scale sts web --replicas=4');
  await run(page, 'echo read only');
  const other = await context.newPage();
  // The address follows what is on screen a little later.
  await expect(async () => {
    await other.goto(await page.evaluate(() => location.href));
    await other.getByRole('tab', { name: 'Terminal' }).click();
    await expect(log(other)).toContainText('kubectl scale sts web --replicas=4', { timeout: 2_000 });
  }).toPass({ timeout: 40_000 });
  await expect(log(other)).toContainText('statefulset.apps/web scaled');
  await expect(log(other)).not.toContainText('read only');
  await page.reload();
  await page.getByRole('tab', { name: 'Terminal' }).click();
  await expect(log(page)).toContainText('read only');
  await line(page).focus();
  await page.keyboard.press('ArrowUp');
  await expect(line(page)).toHaveValue(/^echo /);
});

test('the line is edited by keys, and words that were marked leave it to the typing', async ({ page }) => {
  await open(page);
  await line(page).fill('kubectl get pods sts/web-0');
  for (const [keys, value] of [
    ['Alt+Backspace', 'kubectl get pods sts/web-'],
    ['Control+a', 'kubectl get pods sts/web-'],
    ['Alt+f', 'kubectl get pods sts/web-'],
    ['Control+k', 'kubectl'],
    ['Control+y', 'kubectl get pods sts/web-'],
    ['Control+u', ''],
  ] as const) {
    await page.keyboard.press(keys);
    await expect(line(page)).toHaveValue(value);
  }
  await run(page, 'echo some words');
  await log(page).getByText('some words', { exact: true }).click({ clickCount: 3 });
  expect(await page.evaluate(() => getSelection()?.toString().trim())).toBe('some words');
  await page.keyboard.type('ls');
  await expect(line(page)).toHaveValue('ls');
});

test('Tab completes, arrows and Ctrl R find lines again, Ctrl C ends a watch and Ctrl L clears', async ({ page }) => {
  await open(page);
  await run(page, 'kubectl rollout status sts/web');
  await line(page).pressSequentially('kubec');
  await page.keyboard.press('Tab');
  await expect(line(page)).toHaveValue('kubectl ');
  await line(page).pressSequentially('get statef');
  await page.keyboard.press('Tab');
  await expect(line(page)).toHaveValue('kubectl get statefulsets ');
  await line(page).pressSequentially('we');
  await page.keyboard.press('Tab');
  await expect(line(page)).toHaveValue('kubectl get statefulsets web ');
  await line(page).pressSequentially('--no-h');
  await page.keyboard.press('Tab');
  await expect(line(page)).toHaveValue('kubectl get statefulsets web --no-headers ');
  await page.keyboard.press('Enter');
  await expect(log(page).getByText(/^web +3\/3/)).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await expect(line(page)).toHaveValue('kubectl get statefulsets web --no-headers ');
  await page.keyboard.press('Control+u');
  await expect(line(page)).toHaveValue('');
  await page.keyboard.press('Control+r');
  await line(page).pressSequentially('rollout');
  await expect(page.locator('.tm-found')).toHaveText('kubectl rollout status sts/web');
  await expect(page.locator('.tm-found')).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(log(page).getByText('partitioned roll out complete: 3 new pods have been updated...')).toHaveCount(2);
  await line(page).fill('kubectl get pods -w');
  await page.keyboard.press('Enter');
  const watching = page.getByRole('list', { name: 'Commands that watch' });
  await expect(watching).toContainText('kubectl get pods -w');
  await run(page, 'kubectl scale sts web --replicas=2');
  await expect(
    log(page)
      .locator('[data-kind="out"]', { hasText: /^web-2 .*Terminating/ })
      .first(),
  ).toBeVisible();
  await page.keyboard.press('Control+c');
  await expect(watching).toHaveCount(0);
  await page.keyboard.press('Control+l');
  await expect(log(page).locator('.tm-row')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tab', { name: 'Terminal' })).toBeFocused();
});

test('several lines can be pasted, a manifest among them', async ({ page }) => {
  await open(page);
  const manifest = [
    'cat <<EOF | kubectl apply -f -',
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata:',
    '  name: pasted',
    'data:',
    '  key: value',
    'EOF',
  ].join('\n');
  expect(await run(page, manifest)).toContain('configmap/pasted created');
  // A line that is not whole waits for the rest.
  await line(page).fill('for i in 1 2; do');
  await page.keyboard.press('Enter');
  await expect(line(page)).toHaveValue('for i in 1 2; do\n');
  await line(page).pressSequentially('echo number-$i; done');
  await page.keyboard.press('Enter');
  await expect(log(page)).toContainText('number-2');
});

test('the files of the editor can be listed, changed, written and opened', async ({ page }) => {
  await open(page);
  expect(await run(page, 'ls')).toBe('web.yaml\n');
  await run(page, "sed 's/replicas: 3/replicas: 1/' web.yaml > small.yaml");
  expect(await run(page, 'ls; grep replicas small.yaml')).toBe('small.yaml  web.yaml\n  replicas: 1\n');
  expect(await run(page, 'kubectl apply -f small.yaml')).toContain('statefulset.apps/web configured');
  await run(page, 'vi small.yaml');
  await expect(page.getByRole('button', { name: 'File small.yaml' })).toBeVisible();
});

test('escape sequences in files and names are shown, not obeyed', async ({ page }) => {
  await open(page);
  await run(page, String.raw`printf '\033[31mred\033[0m\007\n' > out.txt`);
  expect(await run(page, 'cat out.txt')).toBe('␛[31mred␛[0m␇\n');
  await run(page, `kubectl annotate sts web 'note=<img src=x onerror=alert(1)>'`);
  expect(await run(page, 'kubectl get sts web -o yaml | grep onerror')).toContain('<img src=x onerror=alert(1)>');
});

test('a word is said for what is not there', async ({ page }) => {
  await open(page);
  expect(await run(page, 'helm install x')).toContain('helm is not part of this terminal');
  expect(await run(page, 'kubctl get pods')).toContain('Did you mean kubectl');
  expect(await run(page, 'kubectl port-forward web-0 80')).toContain('kubectl exec POD -- curl');
  expect(await run(page, 'kubectl gte pods')).toContain('Did you mean this?\n\tget');
});

const WEB = 'https://k8s.io/examples/application/web/web.yaml';
const IMAGE = '/spec/template/spec/containers/0/image';
const each = (command: string, numbers = '0 1') => `for i in ${numbers}; do ${command}; done`;
const partition = (count: number) =>
  `kubectl patch statefulset web -p '{"spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":${count}}}}}'`;
const image = (tag: string) =>
  `kubectl patch statefulset web --type='json' -p='[{"op": "replace", "path": "${IMAGE}", "value":"registry.k8s.io/nginx-slim:${tag}"}]'`;
const IMAGES = `for p in 0 1 2; do kubectl get pod "web-$p" --template '{{range $i, $c := .spec.containers}}{{$c.image}}{{end}}'; echo; done`;
const nginx = (...tags: string[]) => tags.map((tag) => `registry.k8s.io/nginx-slim:${tag}\n`).join('');
const PAGES = each('kubectl exec -i -t "web-$i" -- curl http://localhost/');
const DELETED = 'statefulset.apps "web" deleted from default namespace\n';

test('StatefulSet Basics, typed from its first command to its last', async ({ page }) => {
  test.setTimeout(180_000);
  await open(page);
  await run(page, 'kubectl delete -f web.yaml; kubectl delete pvc --all; sleep 60');
  // The tutorial's second window: a watch that leaves the prompt free.
  await line(page).fill('kubectl get pods --watch -l app=nginx');
  await page.keyboard.press('Enter');
  const steps: readonly (readonly [command: string, printed: string | RegExp])[] = [
    [`kubectl apply -f ${WEB}`, /service\/nginx created\nstatefulset\.apps\/web created\n/],
    ['sleep 30; kubectl get pods -l app=nginx --no-headers', /web-0 +1\/1 +Running[\s\S]*web-1 +1\/1 +Running/],
  ];
  const check = async ([command, printed]: readonly [string, string | RegExp]) => {
    const text = await run(page, command, 60_000);
    if (typeof printed === 'string') expect(text, command).toBe(printed);
    else expect(text, command).toMatch(printed);
  };
  for (const step of steps) await check(step);
  await expect(
    log(page)
      .locator('[data-kind="out"]', { hasText: /^web-1 +0\/1 +ContainerCreating/ })
      .first(),
  ).toBeAttached();
  await line(page).focus();
  await page.keyboard.press('Control+c');
  const rest: readonly (readonly [command: string, printed: string | RegExp])[] = [
    [
      'kubectl get service nginx',
      /^NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\(S\) +AGE\nnginx +ClusterIP +None +<none> +80\/TCP/,
    ],
    [each(`kubectl exec "web-$i" -- sh -c 'hostname'`), 'web-0\nweb-1\n'],
    [each(`kubectl exec "web-$i" -- sh -c 'echo "$(hostname)" > /usr/share/nginx/html/index.html'`), ''],
    [PAGES, 'web-0\nweb-1\n'],
    ['kubectl delete pod -l app=nginx; sleep 30', /"web-0" deleted from default namespace\npod "web-1" deleted/],
    [PAGES, 'web-0\nweb-1\n'],
    ['kubectl scale sts web --replicas=5; sleep 40', 'statefulset.apps/web scaled\n'],
    [`kubectl patch sts web -p '{"spec":{"replicas":3}}'; sleep 40`, 'statefulset.apps/web patched\n'],
    ['kubectl get pods -l app=nginx -o name', 'pod/web-0\npod/web-1\npod/web-2\n'],
    ['kubectl get pvc -l app=nginx --no-headers | wc -l', '5\n'],
    [`${image('0.25')}; sleep 60`, 'statefulset.apps/web patched\n'],
    [IMAGES, nginx('0.25', '0.25', '0.25')],
    [`${partition(3)}; ${image('0.21')}`, 'statefulset.apps/web patched\nstatefulset.apps/web patched\n'],
    ['kubectl delete pod web-2 --wait=false; sleep 30', 'pod "web-2" deleted from default namespace\n'],
    [IMAGES, nginx('0.25', '0.25', '0.25')],
    [`${partition(2)}; sleep 30`, 'statefulset.apps/web patched\n'],
    [IMAGES, nginx('0.25', '0.25', '0.21')],
    [`${partition(0)}; sleep 60`, 'statefulset.apps/web patched\n'],
    [IMAGES, nginx('0.21', '0.21', '0.21')],
    ['kubectl delete statefulset web --cascade=orphan', DELETED],
    ['kubectl get pods -l app=nginx -o name', 'pod/web-0\npod/web-1\npod/web-2\n'],
    ['kubectl delete pod web-0; sleep 10', 'pod "web-0" deleted from default namespace\n'],
    [`kubectl apply -f ${WEB}; sleep 60`, 'service/nginx unchanged\nstatefulset.apps/web created\n'],
    [PAGES, 'web-0\nweb-1\n'],
    ['kubectl delete statefulset web', DELETED],
    ['kubectl delete service nginx; sleep 60', 'service "nginx" deleted from default namespace\n'],
    [
      'kubectl apply -f https://k8s.io/examples/application/web/web-parallel.yaml; sleep 20',
      'service/nginx created\nstatefulset.apps/web created\n',
    ],
    ['kubectl scale statefulset/web --replicas=5; kubectl rollout status sts/web', /complete: 5 new pods/],
    [
      'kubectl delete sts web; kubectl delete svc nginx; sleep 60',
      `${DELETED}service "nginx" deleted from default namespace\n`,
    ],
    ['kubectl delete pvc www-web-0 www-web-1 www-web-2 www-web-3 www-web-4', /"www-web-4" deleted/],
    ['kubectl get pvc', 'No resources found in default namespace.\n'],
  ];
  for (const step of rest) await check(step);
});

test('a copied transcript is run command by command, its prompts and answers left out', async ({ page }) => {
  await open(page);
  await run(page, 'kubectl rollout status sts/web');
  await line(page).fill(
    '$ kubectl get sts web --no-headers\nweb   3/3   5m\n$ for i in 0 1; do\n>   echo "pod web-$i"\n> done\n$ ',
  );
  await page.keyboard.press('Enter');
  await expect(log(page).locator('[data-kind="out"]', { hasText: /^pod web-1$/ })).toBeVisible();
  await expect(log(page)).toContainText('1 line that is no command was left out.');
  await expect(
    log(page).locator('[data-kind="prompt"]', { hasText: '$ kubectl get sts web --no-headers' }),
  ).toHaveCount(1);
});

test('a shell in a pod keeps its folder, and goes with the pod that was made for it', async ({ page }) => {
  await open(page);
  await run(page, 'kubectl rollout status sts/web');
  await line(page).fill('kubectl run -i --tty --image busybox:1.28 dns-test --restart=Never --rm');
  await page.keyboard.press('Enter');
  await expect(page.getByText('/ # ').last()).toBeVisible({ timeout: 30_000 });
  await line(page).fill('nslookup web-1.nginx');
  await page.keyboard.press('Enter');
  await expect(log(page).getByText(/^Address 1: 10\..* web-1\.nginx\.default\.svc\.cluster\.local$/)).toBeVisible();
  await line(page).fill('cd /tmp');
  await page.keyboard.press('Enter');
  await expect(page.getByText('/tmp # ').last()).toBeVisible();
  await page.keyboard.press('Control+d');
  await expect(log(page)).toContainText('pod "dns-test" deleted from default namespace');
  expect(await run(page, 'sleep 40; kubectl get pod dns-test')).toContain('pods "dns-test" not found');
});

test('the terminal meets WCAG A and AA, wide and on a phone', async ({ page }) => {
  await open(page);
  await run(page, 'kubectl get pods; helm; kubectl get nope');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(log(page)).toBeVisible();
  expect(await accessibilityFaults(page)).toEqual([]);
  const fits = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
  expect(fits).toBe(true);
});
