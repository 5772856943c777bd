// The commands of a workshop on StatefulSets, in its order: creating, scaling, updating, deleting. What is checked is
// what a person would look at.
import { expect, it } from 'vitest';
import type { ShellEffect } from '#kubectl';
import type { RunAnswer } from './protocol.ts';
import { newServer } from './server.ts';

const textOf = (shown: readonly ShellEffect[]): string =>
  shown.map((effect) => (effect.type === 'out' || effect.type === 'err' ? effect.text : '')).join('');

/** A terminal whose clock runs while a command waits. */
function newTerminal() {
  const server = newServer();
  server.answer('open', {
    session: {
      cluster: { seed: 3, gates: {}, nodes: [], manifest: '', timing: {} },
      files: {},
      branches: [{ id: 0, name: 'main', acts: [], reachedMs: 0 }],
      at: { branch: 0, atMs: 0 },
      view: { layout: 'identity' },
    },
  });
  let atMs = 0;
  let last: RunAnswer | undefined;
  const take = (answer: RunAnswer): string => {
    last = answer;
    if (answer.frame) atMs = answer.frame.atMs;
    return textOf(answer.shown);
  };
  const more = (input?: string | null): string =>
    take(
      server.answer('runMore', {
        id: last?.id ?? 0,
        atMs,
        mayAct: true,
        files: {},
        ...(input !== undefined && { input }),
      }),
    );
  return {
    prompt: () => last?.prompt,
    type: (line: string | null): string => more(line),
    /** Runs a line until it ends, reads a line, or has watched for a while. */
    run: (line: string, watchMs = 120_000): string => {
      let text = take(server.answer('run', { line, atMs, files: {}, history: [] }));
      const endMs = atMs + watchMs;
      while (last?.code === undefined && last?.waits !== 'line' && atMs < endMs) {
        atMs += 200;
        text += take(server.answer('runMore', { id: last?.id ?? 0, atMs, mayAct: false }));
        if (last?.waits === 'turn') text += more();
      }
      if (last?.code === undefined && last?.waits !== 'line')
        take(server.answer('runMore', { id: last?.id ?? 0, atMs, mayAct: true, isInterrupted: true }));
      return text;
    },
  };
}

const WEB = 'https://k8s.io/examples/application/web/web.yaml';

it('a StatefulSet workshop works from its first command to its last', () => {
  const { run, type, prompt } = newTerminal();

  // Creating
  expect(run(`kubectl apply -f ${WEB}`)).toBe('service/nginx created\nstatefulset.apps/web created\n');
  expect(run('kubectl get service nginx')).toMatch(
    /^NAME +TYPE +CLUSTER-IP +EXTERNAL-IP +PORT\(S\) +AGE\nnginx +ClusterIP +None +<none> +80\/TCP +0s\n$/,
  );
  expect(run('kubectl get statefulset web')).toMatch(/\nweb +0\/2 +0s\n$/);
  const watched = run('kubectl get pods --watch -l app=nginx', 60_000);
  expect(watched.indexOf('web-0   1/1     Running')).toBeGreaterThan(0);
  expect(watched.indexOf('web-1   0/1     Pending')).toBeGreaterThan(watched.indexOf('web-0   1/1     Running'));
  expect(watched).toContain('web-1   1/1     Running');
  expect(run('kubectl get pods -l app=nginx').match(/1\/1 +Running/g)).toHaveLength(2);

  // Names
  expect(run(`for i in 0 1; do kubectl exec "web-$i" -- sh -c 'hostname'; done`)).toBe('web-0\nweb-1\n');
  run('kubectl run -i --tty --image busybox:1.28 dns-test --restart=Never --rm');
  expect(prompt()).toBe('/ # ');
  expect(type('nslookup web-0.nginx')).toMatch(
    /Name: {6}web-0\.nginx\nAddress 1: 10\.\d+\.\d+\.\d+ web-0\.nginx\.default\.svc\.cluster\.local\n$/,
  );
  expect(type('nslookup web-7.nginx')).toContain("can't resolve 'web-7.nginx'");
  expect(type('exit 0')).toContain('pod "dns-test" deleted from default namespace');
  const before = run(`kubectl get pods -l app=nginx -o jsonpath='{.items[*].status.podIP}'`);
  expect(run('kubectl delete pod -l app=nginx')).toContain(
    'pod "web-0" deleted from default namespace\npod "web-1" deleted',
  );
  run('kubectl rollout status sts/web');
  expect(run(`for i in 0 1; do kubectl exec web-$i -- sh -c 'hostname'; done`)).toBe('web-0\nweb-1\n');
  expect(run(`kubectl get pods -l app=nginx -o jsonpath='{.items[*].status.podIP}'`)).not.toBe(before);

  // Storage
  expect(run('kubectl get pvc -l app=nginx')).toMatch(
    /www-web-0 +Bound +pvc-\S+ +1Gi +RWO +standard[\s\S]*www-web-1 +Bound/,
  );
  run(`for i in 0 1; do kubectl exec "web-$i" -- sh -c 'echo "$(hostname)" > /usr/share/nginx/html/index.html'; done`);
  const pages = 'for i in 0 1; do kubectl exec -i -t "web-$i" -- curl http://localhost/; done';
  expect(run(pages)).toBe('web-0\nweb-1\n');
  run('kubectl delete pod -l app=nginx; kubectl rollout status sts/web');
  expect(run(pages)).toBe('web-0\nweb-1\n');

  // Scaling
  expect(run('kubectl scale sts web --replicas=5')).toBe('statefulset.apps/web scaled\n');
  expect(run('kubectl rollout status sts/web')).toMatch(
    /partitioned roll out complete: 5 new pods have been updated\.\.\.\n$/,
  );
  expect(run(`kubectl patch sts web -p '{"spec":{"replicas":3}}'`)).toBe('statefulset.apps/web patched\n');
  const down = run('kubectl get pods -w -l app=nginx', 90_000);
  expect(down.indexOf('web-4')).toBeLessThan(down.lastIndexOf('web-3   0/1'));
  expect(run('kubectl get pods -l app=nginx -o name')).toBe('pod/web-0\npod/web-1\npod/web-2\n');
  expect(run('kubectl get pvc -l app=nginx -o name').split('\n')).toHaveLength(6);

  // Updating
  expect(
    run(
      `kubectl patch statefulset web --type='json' -p='[{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value":"registry.k8s.io/nginx-slim:0.25"}]'`,
    ),
  ).toBe('statefulset.apps/web patched\n');
  expect(run('kubectl rollout status sts/web')).toContain('Waiting for');
  const images = `for p in 0 1 2; do kubectl get pod "web-$p" --template '{{range $i, $c := .spec.containers}}{{$c.image}}{{end}}'; echo; done`;
  expect(run(images)).toBe('registry.k8s.io/nginx-slim:0.25\n'.repeat(3));
  run(
    `kubectl patch statefulset web -p '{"spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":3}}}}'`,
  );
  run(
    `kubectl patch statefulset web --type='json' -p='[{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"registry.k8s.io/nginx-slim:0.21"}]'`,
  );
  run('kubectl delete pod web-2; kubectl wait --for=condition=Ready pod/web-2');
  expect(run(images)).toBe('registry.k8s.io/nginx-slim:0.25\n'.repeat(3));
  run(
    `kubectl patch statefulset web -p '{"spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":2}}}}'`,
  );
  run('sleep 60');
  expect(run(images)).toBe(`${'registry.k8s.io/nginx-slim:0.25\n'.repeat(2)}registry.k8s.io/nginx-slim:0.21\n`);
  run('kubectl delete pod web-1; sleep 60');
  expect(run(images)).toContain('0.25\nregistry.k8s.io/nginx-slim:0.25\nregistry.k8s.io/nginx-slim:0.21\n');
  run(
    `kubectl patch statefulset web -p '{"spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":0}}}}'`,
  );
  run('sleep 120');
  expect(run(images)).toBe('registry.k8s.io/nginx-slim:0.21\n'.repeat(3));
  expect(run('kubectl rollout history sts/web')).toContain('REVISION  CHANGE-CAUSE');

  // Deleting
  expect(run('kubectl delete statefulset web --cascade=orphan')).toBe(
    'statefulset.apps "web" deleted from default namespace\n',
  );
  expect(run('kubectl get pods -l app=nginx').match(/1\/1 +Running/g)).toHaveLength(3);
  expect(run('kubectl delete pod web-0')).toBe('pod "web-0" deleted from default namespace\n');
  expect(run('kubectl get pods -l app=nginx -o name')).toBe('pod/web-1\npod/web-2\n');
  expect(run(`kubectl apply -f ${WEB}`)).toBe('service/nginx unchanged\nstatefulset.apps/web created\n');
  run('kubectl rollout status sts/web; sleep 60');
  expect(run('kubectl get pods -l app=nginx -o name')).toBe('pod/web-0\npod/web-1\n');
  expect(run(pages)).toBe('web-0\nweb-1\n');
  expect(run('kubectl delete statefulset web')).toBe('statefulset.apps "web" deleted from default namespace\n');
  expect(run('kubectl delete service nginx')).toBe('service "nginx" deleted from default namespace\n');
  run('sleep 60');
  run(`kubectl apply -f ${WEB}; kubectl rollout status sts/web`);
  expect(run(pages)).toBe('web-0\nweb-1\n');
  run('kubectl delete service nginx; kubectl delete statefulset web; sleep 60');

  // All at once
  expect(run('kubectl apply -f https://k8s.io/examples/application/web/web-parallel.yaml')).toBe(
    'service/nginx created\nstatefulset.apps/web created\n',
  );
  const parallel = run('kubectl get pod -l app=nginx --watch', 30_000);
  expect(parallel.indexOf('web-1')).toBeLessThan(parallel.indexOf('1/1     Running'));
  expect(run('kubectl scale statefulset/web --replicas=5')).toBe('statefulset.apps/web scaled\n');
  run('kubectl rollout status sts/web');
  expect(run('kubectl delete sts web')).toBe('statefulset.apps "web" deleted from default namespace\n');
  expect(run('kubectl delete svc nginx')).toBe('service "nginx" deleted from default namespace\n');
  run('sleep 60');

  // Cleaning up
  expect(run('kubectl get pvc')).toMatch(/(?:www-web-\d +Bound[\s\S]*){5}/);
  expect(run('kubectl get pv').match(/Delete +Bound/g)).toHaveLength(5);
  expect(run('kubectl delete pvc www-web-0 www-web-1 www-web-2 www-web-3 www-web-4')).toContain(
    'persistentvolumeclaim "www-web-4" deleted from default namespace\n',
  );
  expect(run('kubectl get pvc')).toBe('No resources found in default namespace.\n');
});
