// What is said of probes, hooks and images.
import { describe, expect, it } from 'vitest';
import { fixed, lineOf, lint, withService } from '../testing/lint.ts';

const PORT = '          ports:\n            - name: web\n              containerPort: 80\n';

describe('a probe', () => {
  it('LINT-20 asks a port that the container does not have', () => {
    const container = `${PORT}          readinessProbe:\n            httpGet:\n              port: wbe\n`;
    const text = withService({ container });
    const [problem] = lint(text, 'LINT-20');
    expect(problem).toMatchObject({ severity: 'warning', from: { line: lineOf(text, 'wbe') } });
    expect(problem?.message).toContain('the pod never becomes ready');
    expect(lint(fixed(withService({ container }), 'LINT-20'))).toEqual([]);
    expect(lint(withService({ container: container.replace('wbe', '8080') }))).toEqual([]);
    const without = withService({ container: '          livenessProbe:\n            tcpSocket: {port: web}\n' });
    expect(lint(without, 'LINT-20')[0]?.fixes).toBeUndefined();
  });

  it('LINT-20 sleeps for longer than it is given', () => {
    const probe = (command: string, timeout: string) =>
      withService({
        container: `          livenessProbe:\n            exec:\n              command: ${command}\n${timeout}`,
      });
    expect(lint(probe('[sh, -c, "sleep 5; true"]', ''), 'LINT-20')).toHaveLength(1);
    expect(lint(probe('[sleep, "2"]', '            timeoutSeconds: 2\n'), 'LINT-20')).toHaveLength(1);
    expect(lint(probe('[sh, -c, "sleep 1; true"]', '            timeoutSeconds: 2\n'))).toEqual([]);
    expect(lint(probe('[sh, -c, "test -f x || sleep 9"]', ''))).toEqual([]);
    expect(fixed(probe('[sleep, "2"]', '            timeoutSeconds: 2\n'), 'LINT-20')).toContain('timeoutSeconds: 3');
  });

  it('LINT-20 restarts a container before readiness is first asked the same', () => {
    const probes = (delay: number) =>
      `${PORT}          livenessProbe: {httpGet: {port: web}, initialDelaySeconds: 5, periodSeconds: 5}\n          readinessProbe: {httpGet: {port: web}, initialDelaySeconds: ${delay}}\n`;
    expect(lint(withService({ container: probes(60) }), 'LINT-20')[0]?.message).toContain('after 15 s');
    expect(lint(withService({ container: probes(15) }))).toEqual([]);
    const started = `${probes(60)}          startupProbe: {httpGet: {port: web}, failureThreshold: 30}\n`;
    expect(lint(withService({ container: started }))).toEqual([]);
  });
});

it('LINT-21 tells of a preStop hook that uses up the grace period', () => {
  const container = (seconds: number) =>
    `          lifecycle:\n            preStop:\n              exec:\n                command: [sh, -c, "sleep ${seconds}; quit"]\n`;
  const pod = '      terminationGracePeriodSeconds: 60\n';
  expect(lint(withService({ container: container(30) }), 'LINT-21')[0]?.fixes).toBeUndefined();
  expect(fixed(withService({ pod, container: container(60) }), 'LINT-21')).toContain(
    'terminationGracePeriodSeconds: 90',
  );
  expect(lint(withService({ pod, container: container(30) }))).toEqual([]);
  expect(
    lint(withService({ container: '          lifecycle: {preStop: {sleep: {seconds: 40}}}\n' }), 'LINT-21'),
  ).toHaveLength(1);
});

describe('an image', () => {
  it.each(['nginx', 'nginx:latest', 'registry.example:5000/nginx'])('LINT-22 has no version in %s', (image) => {
    const text = withService({ image });
    expect(lint(text, 'LINT-22')).toMatchObject([{ severity: 'info', from: { line: lineOf(text, 'image:') } }]);
  });

  it.each(['nginx:1.27', `nginx@sha256:${'a'.repeat(64)}`, `nginx:latest@sha256:${'a'.repeat(64)}`, 'latest/nginx:1'])(
    'LINT-22 is of one version in %s',
    (image) => {
      expect(lint(withService({ image }))).toEqual([]);
    },
  );

  it('LINT-23 comes from a registry that is closed', () => {
    const text = withService({ image: 'k8s.gcr.io/nginx-slim:0.8 # old' });
    expect(lint(text, 'LINT-23')).toHaveLength(1);
    expect(fixed(text, 'LINT-23')).toBe(withService({ image: 'registry.k8s.io/nginx-slim:0.8 # old' }));
    expect(lint(withService({ image: 'gcr.io/google-samples/app:1' }))).toEqual([]);
  });
});
