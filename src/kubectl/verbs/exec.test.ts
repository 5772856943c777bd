// exec and logs: what containers answer, and what becomes of what they write.
import { beforeAll, describe, expect, it } from 'vitest';
import { resolve, runUntil } from '#engine';
import { keyOf } from '#kube';
import { newShell, type Shell } from '../testing/index.ts';

const WEB = `apiVersion: v1
kind: Service
metadata: {name: nginx}
spec: {clusterIP: None, selector: {app: nginx}, ports: [{port: 80, name: web}]}
---
apiVersion: v1
kind: Service
metadata: {name: front}
spec: {selector: {app: nginx}, ports: [{port: 8080, targetPort: 80}]}
---
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: web}
spec:
  serviceName: nginx
  replicas: 2
  selector: {matchLabels: {app: nginx}}
  template:
    metadata: {labels: {app: nginx}}
    spec:
      terminationGracePeriodSeconds: 5
      containers:
      - name: nginx
        image: nginx:1.27
        env: [{name: COLOR, value: blue}, {name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
        ports: [{containerPort: 80}]
        volumeMounts:
        - {name: www, mountPath: /usr/share/nginx/html}
        - {name: tmp, mountPath: /cache}
      - name: side
        image: busybox:1.28
      volumes: [{name: tmp, emptyDir: {}}]
  volumeClaimTemplates:
  - metadata: {name: www}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`;

let shell: Shell;
const run = (command: string) => shell.run(command);
const later = (ms: number): void => runUntil(shell.cluster, shell.cluster.world.counters.nowMs + ms);
const out = (command: string): string => {
  const { out: text, err } = run(command);
  return text + err.replace('Defaulted container "nginx" out of: nginx, side\n', '');
};

beforeAll(() => {
  shell = newShell({ 'web.yaml': WEB }, { actors: undefined as never, seed: 5 }, { resolve });
  run('apply -f web.yaml');
  later(120_000);
});

describe('exec', () => {
  it('runs programs and scripts', () => {
    expect(out('exec web-0 -c nginx -- hostname')).toBe('web-0\n');
    expect(out('exec web-1 -c nginx -- hostname -f')).toBe('web-1.nginx.default.svc.cluster.local\n');
    expect(out(`exec web-0 -c nginx -- sh -c 'x=1; for i in 1 2; do echo $i$x; done | sort -r'`)).toBe('21\n11\n');
    expect(out(`exec web-0 -c nginx -- sh -c 'echo $COLOR $POD $HOSTNAME'`)).toBe('blue web-0 web-0\n');
    expect(out('exec web-0 -c nginx -- cat /etc/resolv.conf')).toContain('search default.svc.cluster.local');
  });
  it('takes the first container where none is named, and says so', () => {
    expect(run('exec web-0 -- hostname')).toMatchObject({
      out: 'web-0\n',
      err: 'Defaulted container "nginx" out of: nginx, side\n',
      code: 0,
    });
    expect(out('exec sts/web -c nginx -- hostname')).toBe('web-0\n');
  });
  it('ends with the code of the command', () => {
    expect(run('exec web-0 -c nginx -- sh -c "exit 3"')).toMatchObject({
      err: 'command terminated with exit code 3\n',
      code: 3,
    });
    expect(out('exec web-0 -c nginx -- ls /nope')).toBe(
      "ls: cannot access '/nope': No such file or directory\ncommand terminated with exit code 2\n",
    );
  });
  it('says what is not there', () => {
    expect(out('exec web-9 -- ls')).toBe('Error from server (NotFound): pods "web-9" not found\n');
    expect(out('exec web-0 -c x -- ls')).toBe('error: container x is not valid for pod web-0 out of: nginx, side\n');
    expect(out('exec web-0 -c side -- bash')).toContain('exec: "bash": executable file not found in $PATH');
    expect(out('exec web-0 ls')).toContain('Use exec [POD] -- [COMMAND] instead');
    expect(out('exec web-0')).toBe('error: you must specify at least one command for the container\n');
    expect(out('exec')).toBe('error: pod, type/name or --filename must be specified\n');
  });
  it('reads what is led to it', () => {
    shell.files['-'] = 'b\na\n';
    expect(out('exec -i web-0 -c nginx -- sort')).toBe('a\nb\n');
    delete shell.files['-'];
  });
});

describe('files', () => {
  it('KCTL-21 on a claim outlive the pod; elsewhere they go with it', () => {
    out(
      `exec web-1 -c nginx -- sh -c 'hostname > /usr/share/nginx/html/index.html; echo x > /tmp/x; echo y > /cache/y'`,
    );
    expect(out('exec web-1 -c nginx -- cat /usr/share/nginx/html/index.html /tmp/x /cache/y')).toBe('web-1\nx\ny\n');
    run('delete pod web-1');
    later(60_000);
    expect(out('exec web-1 -c nginx -- cat /usr/share/nginx/html/index.html')).toBe('web-1\n');
    expect(out('exec web-1 -c nginx -- ls -A /tmp /cache')).toBe('/tmp:\n\n/cache:\n');
  });
  it('KCTL-21 lie where the volume does, and nowhere else', () => {
    expect(out('exec web-0 -c nginx -- ls /usr/share/nginx/html')).toBe('');
    expect(out('exec web-0 -c nginx -- ls /usr/share/nginx')).toBe('html\n');
    expect(
      out('exec web-0 -c nginx -- sh -c "mkdir -p /data/a; touch /data/a/b; ls /data /data/a; rm -r /data; ls /data"'),
    ).toContain("/data:\na\n\n/data/a:\nb\nls: cannot access '/data'");
    expect(out('exec web-0 -c nginx -- df -h /usr/share/nginx/html')).toContain('1G');
    expect(out('exec web-0 -c nginx -- sh -c "cd /usr/share/nginx/html && pwd; echo a > b/c"')).toContain(
      '/usr/share/nginx/html\nsh: b/c: No such file or directory',
    );
  });
  it('KCTL-21 are bounded', () => {
    const big = out(`exec web-0 -c nginx -- sh -c 'for i in $(seq 300); do echo > /cache/$i; done; ls /cache | wc -l'`);
    expect(big).toContain('No space left on device');
    expect(big).toMatch(/^200\n/);
  });
});

describe('network', () => {
  it('looks names up as the pod would', () => {
    const ip = run("get pod web-1 -o jsonpath='{.status.podIP}'").out;
    expect(out('exec web-0 -c side -- nslookup web-1.nginx')).toBe(
      `Server:    10.96.0.10\nAddress 1: 10.96.0.10 kube-dns.kube-system.svc.cluster.local\n\nName:      web-1.nginx\nAddress 1: ${ip} web-1.nginx.default.svc.cluster.local\n`,
    );
    expect(out('exec web-0 -c nginx -- nslookup web-1.nginx')).toContain(
      `Name:\tweb-1.nginx.default.svc.cluster.local\nAddress: ${ip}\n`,
    );
    expect(out('exec web-0 -c side -- nslookup web-7.nginx')).toContain(
      "nslookup: can't resolve 'web-7.nginx'\ncommand terminated with exit code 1",
    );
    expect(out('exec web-0 -c nginx -- getent hosts web-1.nginx')).toContain(ip);
    expect(out('exec web-0 -c nginx -- dig +short +search nginx').trim().split('\n')).toHaveLength(2);
    expect(out('exec web-0 -c nginx -- nslookup -type=SRV nginx')).toContain(
      'service = 0 50 80 web-0.nginx.default.svc.cluster.local.',
    );
  });
  it('asks for pages', () => {
    expect(out('exec web-0 -c nginx -- curl -s http://localhost/')).toContain('403 Forbidden');
    expect(out('exec web-0 -c nginx -- curl -s http://web-1.nginx/')).toBe('web-1\n');
    expect(out('exec web-0 -c side -- wget -qO- http://web-1.nginx/')).toBe('web-1\n');
    expect(out('exec web-0 -c nginx -- curl http://web-9.nginx')).toContain(
      'curl: (6) Could not resolve host: web-9.nginx',
    );
    expect(out('exec web-0 -c nginx -- curl http://web-1.nginx:81/')).toContain(
      'curl: (7) Failed to connect to web-1.nginx port 81',
    );
    expect(out(`exec web-0 -c nginx -- curl -s -o /dev/null -w '%{http_code}' http://front:8080/`)).toMatch(
      /^(200|403)$/,
    );
  });
});

describe('logs', () => {
  it('KCTL-22 print what follows from the simulation', () => {
    const text = run('logs web-0 -c nginx').out;
    expect(text).toMatch(/^\/docker-entrypoint\.sh: .*\n2026\/01\/01 00:00:\d\d \[notice\] 1#1: nginx\/1\.27\n/);
    expect(run('logs web-0 -c nginx --tail=1').out.split('\n')).toHaveLength(2);
    expect(run('logs web-0 -c side').out).toBe('');
    expect(run('logs -l app=nginx -c nginx --prefix --tail=1').out).toMatch(
      /^\[pod\/web-0\/nginx\] .*\n\[pod\/web-1\/nginx\] /,
    );
    expect(run('logs sts/web -c nginx').err).toBe('Found 2 pods, using pod/web-0\n');
  });
  it('KCTL-22 say why there are none', () => {
    expect(run('logs web-0 -p -c nginx').err).toBe(
      'Error from server (BadRequest): previous terminated container "nginx" in pod "web-0" not found\n',
    );
    expect(run('logs nope').err).toBe('Error from server (NotFound): pods "nope" not found\n');
    shell.files['bad.yaml'] =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: late}\nspec: {containers: [{name: a, image: nginx:1}], nodeSelector: {no: where}}\n';
    run('apply -f bad.yaml');
    expect(run('logs late').err).toBe('Error from server (BadRequest): pod late does not have a host assigned\n');
    run('delete pod web-1');
    const reason = (): string =>
      run("get pod web-1 -o jsonpath='{.spec.nodeName} {.status.containerStatuses[0].state.waiting.reason}'").out;
    for (let i = 0; i < 200 && !/^node-. ContainerCreating/.test(reason()); i += 1) later(100);
    expect(run('logs web-1 -c nginx').err).toBe(
      'Error from server (BadRequest): container "nginx" in pod "web-1" is waiting to start: ContainerCreating\n',
    );
    later(60_000);
  });
  it('a node that is silent answers nothing', () => {
    const node = run("get pod web-0 -o jsonpath='{.spec.nodeName}'").out;
    const object = shell.cluster.view.get('Node', '', node);
    expect(object).toBeDefined();
    shell.act((turn) => {
      if (object)
        turn.updateStatus({
          ...object,
          status: { ...object.status, conditions: [{ type: 'Ready', status: 'Unknown' as const }] },
        });
    });
    expect(run('exec web-0 -c nginx -- ls').err).toMatch(
      /^Error from server: error dialing backend: dial tcp .*: connect: no route to host\n$/,
    );
    expect(run('logs web-0 -c nginx').err).toContain('/containerLogs/default/web-0/nginx');
    expect(shell.cluster.view.find(keyOf('Pod', 'default', 'web-0'))).toBeDefined();
  });
});
