// StatefulSet Basics, the tutorial of kubernetes.io, from its first command to its last: what a person reads at each.
// Where the tutorial has a second window, what watches there is read as well.
import { expect, it } from 'vitest';
import { newTestTerminal, podRows } from './testing/terminal.ts';

const WEB = 'https://k8s.io/examples/application/web/web.yaml';
const PARALLEL = 'https://k8s.io/examples/application/web/web-parallel.yaml';
const DNS_TEST = 'kubectl run -i --tty --image busybox:1.28 dns-test --restart=Never --rm';
const HOSTNAMES = `for i in 0 1; do kubectl exec "web-$i" -- sh -c 'hostname'; done`;
const PAGES = 'for i in 0 1; do kubectl exec -i -t "web-$i" -- curl http://localhost/; done';
const IMAGES = `for p in 0 1 2; do kubectl get pod "web-$p" --template '{{range $i, $c := .spec.containers}}{{$c.image}}{{end}}'; echo; done`;

const image = (tag: string): string =>
  `kubectl patch statefulset web --type='json' -p='[{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value":"registry.k8s.io/nginx-slim:${tag}"}]'`;
const imageOf = (pod: string): string =>
  `kubectl get pod ${pod} --template '{{range $i, $c := .spec.containers}}{{$c.image}}{{end}}'`;
const partition = (count: number): string =>
  `kubectl patch statefulset web -p '{"spec":{"updateStrategy":{"type":"RollingUpdate","rollingUpdate":{"partition":${count}}}}}'`;
const images = (...tags: string[]): string => tags.map((tag) => `registry.k8s.io/nginx-slim:${tag}\n`).join('');

/** The rows of a pod that comes, and of one that goes. */
const comes = (pod: string): string[] => [`${pod} 0/1 Pending`, `${pod} 0/1 ContainerCreating`, `${pod} 1/1 Running`];
const goes = (pod: string): string[] => [`${pod} 1/1 Terminating`, `${pod} 0/1 Completed`];
const again = (pod: string): string[] => [...goes(pod), ...comes(pod)];
const runs = (...pods: string[]): string[] => pods.map((pod) => `${pod} 1/1 Running`);

it('StatefulSet Basics works from its first command to its last', () => {
  const { run, type, prompt, watch, pass } = newTestTerminal();
  const PATCHED = 'statefulset.apps/web patched\n';
  const DELETED = 'statefulset.apps "web" deleted from default namespace\n';
  const CREATED = 'service/nginx created\nstatefulset.apps/web created\n';

  // Creating a StatefulSet, in order of ordinals
  const first = watch('kubectl get pods --watch -l app=nginx');
  expect(run(`kubectl apply -f ${WEB}`)).toBe(CREATED);
  expect(run('kubectl get service nginx')).toBe(
    'NAME    TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE\nnginx   ClusterIP   None         <none>        80/TCP    0s\n',
  );
  expect(run('kubectl get statefulset web')).toBe('NAME   READY   AGE\nweb    0/2     0s\n');
  pass(60_000);
  expect(podRows(first.read())).toEqual([...comes('web-0'), ...comes('web-1')]);
  first.stop();
  expect(run('kubectl get pods -l app=nginx')).toMatch(
    /^NAME {4}READY {3}STATUS {4}RESTARTS {3}AGE\nweb-0 {3}1\/1 {5}Running {3}0 {10}60s\nweb-1 {3}1\/1 {5}Running {3}0 {10}\d+s\n$/,
  );

  // Stable network identities
  expect(run(HOSTNAMES)).toBe('web-0\nweb-1\n');
  const addresses = (): string[] =>
    ['web-0', 'web-1'].map((pod) => run(`kubectl get pod ${pod} -o jsonpath='{.status.podIP}'`));
  const looksUp = (): void => {
    const ips = addresses();
    run(DNS_TEST);
    expect(prompt()).toBe('/ # ');
    for (const [i, pod] of ['web-0', 'web-1'].entries())
      expect(type(`nslookup ${pod}.nginx`)).toBe(
        `Server:    10.96.0.10\nAddress 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local\n\nName:      ${pod}.nginx\nAddress 1: ${ips[i] ?? ''} ${pod}.nginx.default.svc.cluster.local\n`,
      );
    expect(type('exit')).toBe('pod "dns-test" deleted from default namespace\n');
  };
  const before = addresses();
  looksUp();
  const deleted = 'pod "web-0" deleted from default namespace\npod "web-1" deleted from default namespace\n';
  const second = watch('kubectl get pod --watch -l app=nginx');
  expect(run('kubectl delete pod -l app=nginx')).toBe(deleted);
  pass(60_000);
  const restarted = podRows(second.read());
  expect(restarted.slice(0, 2)).toEqual(runs('web-0', 'web-1'));
  expect(restarted.indexOf('web-1 0/1 Pending')).toBeGreaterThan(restarted.lastIndexOf('web-0 1/1 Running'));
  second.stop();
  expect(run(HOSTNAMES)).toBe('web-0\nweb-1\n');
  looksUp();
  expect(addresses()).not.toEqual(before);

  // Stable storage
  expect(run('kubectl get pvc -l app=nginx')).toMatch(
    /^NAME +STATUS +VOLUME +CAPACITY +ACCESS MODES +STORAGECLASS +VOLUMEATTRIBUTESCLASS +AGE\nwww-web-0 +Bound +pvc-\S+ +1Gi +RWO +standard +<unset> +\S+\nwww-web-1 +Bound +pvc-\S+ +1Gi +RWO +standard +<unset> +\S+\n$/,
  );
  expect(
    run(
      `for i in 0 1; do kubectl exec "web-$i" -- sh -c 'echo "$(hostname)" > /usr/share/nginx/html/index.html'; done`,
    ),
  ).toBe('');
  expect(run(PAGES)).toBe('web-0\nweb-1\n');
  expect(run('for i in 0 1; do kubectl exec web-$i -- chmod 755 /usr/share/nginx/html; done')).toBe('');
  expect(run('kubectl delete pod -l app=nginx')).toBe(deleted);
  pass(60_000);
  expect(run(PAGES)).toBe('web-0\nweb-1\n');

  // Scaling up, and down in the reverse order
  const third = watch('kubectl get pods --watch -l app=nginx');
  expect(run('kubectl scale sts web --replicas=5')).toBe('statefulset.apps/web scaled\n');
  pass(60_000);
  expect(podRows(third.read())).toEqual([
    ...runs('web-0', 'web-1'),
    ...comes('web-2'),
    ...comes('web-3'),
    ...comes('web-4'),
  ]);
  expect(run(`kubectl patch sts web -p '{"spec":{"replicas":3}}'`)).toBe(PATCHED);
  pass(60_000);
  expect(podRows(third.read())).toEqual([...goes('web-4'), ...goes('web-3')]);
  third.stop();
  expect(run('kubectl get pvc -l app=nginx --no-headers').match(/www-web-\d +Bound/g)).toHaveLength(5);

  // Rolling update
  expect(run(`kubectl patch statefulset web -p '{"spec":{"updateStrategy":{"type":"RollingUpdate"}}}'`)).toBe(
    'statefulset.apps/web patched (no change)\n',
  );
  const fourth = watch('kubectl get pod -l app=nginx -w');
  expect(run(image('0.25'))).toBe(PATCHED);
  pass(90_000);
  expect(podRows(fourth.read())).toEqual([
    ...runs('web-0', 'web-1', 'web-2'),
    ...again('web-2'),
    ...again('web-1'),
    ...again('web-0'),
  ]);
  expect(run(IMAGES)).toBe(images('0.25', '0.25', '0.25'));
  expect(run('kubectl rollout status sts/web')).toBe(
    'partitioned roll out complete: 3 new pods have been updated...\n',
  );

  // Staging an update: nothing is updated, and what is deleted comes back as it was
  expect(run(partition(3))).toBe(PATCHED);
  expect(run(image('0.21'))).toBe(PATCHED);
  expect(run('kubectl delete pod web-2')).toBe('pod "web-2" deleted from default namespace\n');
  pass(30_000);
  expect(podRows(fourth.read())).toEqual(again('web-2'));
  expect(run(imageOf('web-2'))).toBe('registry.k8s.io/nginx-slim:0.25');

  // A canary
  expect(run(partition(2))).toBe(PATCHED);
  pass(30_000);
  expect(podRows(fourth.read())).toEqual(again('web-2'));
  expect(run(imageOf('web-2'))).toBe('registry.k8s.io/nginx-slim:0.21');
  expect(run('kubectl delete pod web-1')).toBe('pod "web-1" deleted from default namespace\n');
  pass(30_000);
  expect(podRows(fourth.read())).toEqual(again('web-1'));
  expect(run(imageOf('web-1'))).toBe('registry.k8s.io/nginx-slim:0.25');

  // The rest of it
  expect(run(partition(0))).toBe(PATCHED);
  pass(60_000);
  expect(podRows(fourth.read())).toEqual([...again('web-1'), ...again('web-0')]);
  expect(run(IMAGES)).toBe(images('0.21', '0.21', '0.21'));

  // OnDelete: only what is deleted is updated
  expect(
    run(`kubectl patch statefulset web -p '{"spec":{"updateStrategy":{"type":"OnDelete","rollingUpdate":null}}}'`),
  ).toBe(PATCHED);
  expect(run(image('0.26'))).toBe(PATCHED);
  pass(30_000);
  expect(podRows(fourth.read()).filter((row) => row !== '')).toEqual([]);
  run('kubectl delete pod web-1');
  pass(30_000);
  expect(run(IMAGES)).toBe(images('0.21', '0.26', '0.21'));
  fourth.stop();

  // Non-cascading delete: the pods stay, and are taken in again
  const fifth = watch('kubectl get pods --watch -l app=nginx');
  expect(run('kubectl delete statefulset web --cascade=orphan')).toBe(DELETED);
  expect(run('kubectl get pods -l app=nginx -o name')).toBe('pod/web-0\npod/web-1\npod/web-2\n');
  expect(run('kubectl delete pod web-0')).toBe('pod "web-0" deleted from default namespace\n');
  expect(run('kubectl get pods -l app=nginx -o name')).toBe('pod/web-1\npod/web-2\n');
  fifth.read();
  expect(run(`kubectl apply -f ${WEB}`)).toBe('service/nginx unchanged\nstatefulset.apps/web created\n');
  pass(90_000);
  const adopted = podRows(fifth.read());
  expect(adopted.indexOf('web-2 1/1 Terminating')).toBeGreaterThan(adopted.indexOf('web-0 1/1 Running'));
  expect(run(PAGES)).toBe('web-0\nweb-1\n');

  // Cascading delete: the claims stay
  expect(run('kubectl delete statefulset web')).toBe(DELETED);
  pass(60_000);
  expect(podRows(fifth.read()).filter((row) => row.endsWith('Terminating'))).toHaveLength(2);
  fifth.stop();
  expect(run('kubectl delete service nginx')).toBe('service "nginx" deleted from default namespace\n');
  expect(run(`kubectl apply -f ${WEB}`)).toBe(CREATED);
  pass(60_000);
  expect(run(PAGES)).toBe('web-0\nweb-1\n');
  expect(run('kubectl delete service nginx')).toBe('service "nginx" deleted from default namespace\n');
  expect(run('kubectl delete statefulset web')).toBe(DELETED);
  pass(60_000);

  // Parallel pod management: nobody waits for anybody
  const sixth = watch('kubectl get pod -l app=nginx --watch');
  expect(run(`kubectl apply -f ${PARALLEL}`)).toBe(CREATED);
  pass(30_000);
  const parallel = podRows(sixth.read());
  expect(parallel.lastIndexOf('web-1 0/1 Pending')).toBeLessThan(parallel.indexOf('web-0 1/1 Running'));
  expect(run('kubectl scale statefulset/web --replicas=5')).toBe('statefulset.apps/web scaled\n');
  pass(60_000);
  const scaled = podRows(sixth.read());
  expect(scaled.indexOf('web-4 0/1 Pending')).toBeLessThan(scaled.indexOf('web-2 1/1 Running'));
  expect(run('kubectl delete sts web')).toBe(DELETED);
  pass(60_000);
  const gone = podRows(sixth.read());
  expect(gone.findIndex((row) => row.endsWith('Completed'))).toBeGreaterThan(
    gone.findLastIndex((row) => row.endsWith('Terminating')),
  );
  sixth.stop();
  expect(run('kubectl delete svc nginx')).toBe('service "nginx" deleted from default namespace\n');

  // Cleaning up
  expect(run('kubectl get pvc --no-headers').match(/^www-web-\d +Bound/gm)).toHaveLength(5);
  expect(run('kubectl get pv --no-headers').match(/Delete +Bound/g)).toHaveLength(5);
  expect(run('kubectl delete pvc www-web-0 www-web-1 www-web-2 www-web-3 www-web-4')).toBe(
    [0, 1, 2, 3, 4].map((i) => `persistentvolumeclaim "www-web-${i}" deleted from default namespace\n`).join(''),
  );
  expect(run('kubectl get pvc')).toBe('No resources found in default namespace.\n');
  pass(10_000);
  expect(run('kubectl get pv')).toBe('No resources found\n');
});
