// kubectl get -w: rows for what changes.
import { expect, it } from 'vitest';
import { actNow } from '#engine';
import type { Follow } from '../index.ts';
import { newShell, type Shell, setYaml } from '../testing/index.ts';

/** What a look at the cluster as it is now adds. */
function look(shell: Shell, follow: Follow | undefined): string {
  let out = '';
  actNow(shell.cluster, 'kubectl', 'look', (turn) => {
    out = follow?.(turn).out ?? '';
    return {};
  });
  return out;
}

const newSets = (): Shell => {
  const shell = newShell({ 'web.yaml': setYaml(), 'db.yaml': setYaml({ name: 'a-much-longer-name' }) });
  shell.run('apply -f web.yaml');
  return shell;
};

it('KCTL-20 prints what is there, then each change once', () => {
  const shell = newSets();
  const { out, follow } = shell.run('get sts -w');
  expect(out).toBe('NAME   READY   AGE\nweb    0/3     0s\n');
  expect(look(shell, follow)).toBe('');
  shell.run('scale sts web --replicas=5');
  expect(look(shell, follow)).toBe('web    0/5     0s\n');
  expect(look(shell, follow)).toBe('');
});

it('KCTL-20 prints new objects and those that go, with columns that only grow', () => {
  const shell = newSets();
  const { follow } = shell.run('get sts -w');
  shell.run('apply -f db.yaml');
  expect(look(shell, follow)).toBe('a-much-longer-name   0/3     0s\n');
  shell.run('delete sts web --wait=false');
  expect(look(shell, follow)).toBe('web                  0/3     0s\n');
  expect(look(shell, follow)).toBe('');
});

it('KCTL-20 says the header with the first row, whenever it comes', () => {
  const shell = newShell({ 'web.yaml': setYaml() });
  const { out, err, follow } = shell.run('get sts -w');
  expect([out, err]).toEqual(['', '']);
  shell.run('apply -f web.yaml');
  expect(look(shell, follow)).toBe('NAME   READY   AGE\nweb    0/3     0s\n');
});

it('KCTL-20 follows a name, a selector and other outputs', () => {
  const shell = newSets();
  const named = shell.run('get sts web -w --no-headers').follow;
  const names = shell.run('get sts -l nothing=here -w -o name').follow;
  const events = shell.run('get sts --watch-only --output-watch-events');
  expect(events.out).toBe('');
  shell.run('apply -f db.yaml');
  shell.run('label sts web nothing=here');
  expect(look(shell, named)).toBe('web   0/3   0s\n');
  expect(look(shell, names)).toBe('statefulset.apps/web\n');
  expect(look(shell, events.follow)).toContain('EVENT   NAME                 READY   AGE\nADDED   a-much-longer-name');
  expect(shell.run('get sts,svc -w').err).toBe('error: you may only specify a single resource type\n');
});
