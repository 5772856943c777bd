// What describe tells, section by section.
import { describe, expect, it } from 'vitest';
import { runUntil } from '#engine';
import { type Draft, type KubeObject, keyOf, type Node, type Pod } from '#kube';
import { newShell, type Shell, setYaml } from '../../testing/index.ts';

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: all
  annotations:
    note: |
      one
      two
spec:

  securityContext:
    seccompProfile: {type: RuntimeDefault}
  topologySpreadConstraints:
  - {topologyKey: zone, maxSkew: 1, whenUnsatisfiable: DoNotSchedule, labelSelector: {matchExpressions: [{key: app, operator: In, values: [b, a]}]}}
  - {topologyKey: host, maxSkew: 2, whenUnsatisfiable: ScheduleAnyway}
  initContainers:
  - name: first
    image: busybox
    command: [sh, -c, "echo a\\necho b"]
  containers:
  - name: main
    image: nginx
    ports: [{containerPort: 80, name: web}, {containerPort: 443}]
    resources: {limits: {cpu: 1500m, memory: 64Mi}, requests: {cpu: "0.5"}}
    livenessProbe: {exec: {command: [cat, /x]}}
    readinessProbe: {httpGet: {path: "/ok?a=1", port: web, host: h}, initialDelaySeconds: 5}
    startupProbe: {tcpSocket: {port: 80}}
    envFrom: [{prefix: P_, configMapRef: {name: cm, optional: true}}, {secretRef: {name: s}}]
    env:
    - {name: A, value: "1"}
    - {name: ME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
    - {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
    - {name: CPU, valueFrom: {resourceFieldRef: {resource: limits.cpu}}}
    - {name: MEM, valueFrom: {resourceFieldRef: {resource: requests.memory, divisor: 1Mi}}}
    - {name: CM, valueFrom: {configMapKeyRef: {name: cm, key: k}}}
    - {name: S, valueFrom: {secretKeyRef: {name: s, key: k, optional: true}}}
    volumeMounts: [{name: z, mountPath: /z, readOnly: true}, {name: e, mountPath: /e, subPath: a}]
  volumes:
  - {name: e, emptyDir: {sizeLimit: 1Gi}}
  - {name: z, hostPath: {path: /p}}
  - {name: d, downwardAPI: {items: [{path: l, fieldRef: {fieldPath: metadata.labels}}]}}
  - {name: c, csi: {driver: d, volumeAttributes: {b: "2", a: "1"}}}
  - {name: nf, nfs: {server: s, path: /n}}
`;

/** The lines of a description from one on. */
function section(text: string, from: string, count: number): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.startsWith(from));
  return lines.slice(at, at + count).join('\n');
}

describe('a pod', () => {
  const shell = newShell({ 'pod.yaml': POD });
  shell.run('apply -f pod.yaml');
  const { out } = shell.run('describe pod all');

  it('tells its containers with ports, commands, amounts, probes and variables', () => {
    expect(section(out, '    Ports:', 2)).toBe(
      '    Ports:       80/TCP (web), 443/TCP\n    Host Ports:  0/TCP (web), 0/TCP',
    );
    expect(out).toContain('    Command:\n      sh\n      -c\n      echo a\n      echo b\n');
    expect(out).toContain(
      '    Limits:\n      cpu:     1500m\n      memory:  64Mi\n    Requests:\n      cpu:      500m\n',
    );
    expect(out).toMatch(/Liveness: +exec \[cat \/x\] delay=0s timeout=1s period=10s #success=1 #failure=3\n/);
    expect(out).toMatch(/Readiness: +http-get http:\/\/h:web\/ok%3Fa=1 delay=5s timeout=1s/);
    expect(out).toMatch(/Startup: +tcp-socket :80 delay=0s/);
    expect(section(out, '    Environment Variables from:', 11)).toBe(
      `    Environment Variables from:
      cm  ConfigMap with prefix 'P_'  Optional: true
      s   Secret                      Optional: false
    Environment:
      A:    1
      ME:   all (v1:metadata.name)
      IP:    (v1:status.podIP)
      CPU:  2 (limits.cpu)
      MEM:  64 (requests.memory)
      CM:   <set to the key 'k' of config map 'cm'>  Optional: false
      S:    <set to the key 'k' in secret 's'>       Optional: true`,
    );
    expect(out).toContain('    Mounts:\n      /e from e (rw,path="a")\n');
  });

  it('tells every kind of volume', () => {
    expect(section(out, '  e:', 24)).toBe(
      `  e:
    Type:       EmptyDir (a temporary directory that shares a pod's lifetime)
    Medium:     
    SizeLimit:  1Gi
  z:
    Type:          HostPath (bare host directory volume)
    Path:          /p
    HostPathType:  
  d:
    Type:  DownwardAPI (a volume populated by information about the pod)
    Items:
      metadata.labels -> l
  c:
    Type:              CSI (a Container Storage Interface (CSI) volume source)
    Driver:            d
    FSType:            
    ReadOnly:          false
    VolumeAttributes:      a=1
                           b=2
  nf:
    Type:      NFS (an NFS mount that lasts the lifetime of a pod)
    Server:    s
    Path:      /n
    ReadOnly:  false`,
    );
  });

  it('tells notes of several lines, the profile, and spread by topology', () => {
    expect(out).toMatch(/Annotations: +note:\n +one\n +two\n/);
    expect(out).toMatch(/\nSeccompProfile: +RuntimeDefault\n/);
    expect(out).toMatch(
      /Topology Spread Constraints: +host:ScheduleAnyway when max skew 2 is exceeded\n +zone:DoNotSchedule when max skew 1 is exceeded for selector app in \(a,b\)\n/,
    );
  });

  it('tells the end of a pod that has ended, also while it is deleted', () => {
    const own = newShell({ 'pod.yaml': POD.replace('  name: all\n', '  name: all\n  finalizers: [a.b/c]\n') });
    own.run('apply -f pod.yaml');
    const key = keyOf('Pod', 'default', 'all');
    own.act((turn) => {
      const pod = turn.view.find(key) as Pod;
      turn.updateStatus<Pod>({ ...pod, status: { ...pod.status, phase: 'Failed', reason: 'Evicted' } });
    });
    own.run('delete pod all --wait=false');
    expect(own.run('describe pod all').out).toMatch(/\nStatus: +Failed\nReason: +Evicted\n/);
  });
});

const create = (shell: Shell, object: unknown): void =>
  shell.act((turn) => void turn.create(object as Draft<KubeObject>));

describe('a node', () => {
  it('tells its taints by effect, its lease, and what its pods ask for', () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  nodeName: node-a\n  initContainers: [{name: i, image: x, resources: {requests: {cpu: "3"}}}]\n  containers: [{name: c, image: x, resources: {requests: {cpu: 500m, memory: 1Gi}}}]\n';
    const shell = newShell({ 'pod.yaml': pod });
    shell.run('apply -f pod.yaml');
    shell.run('taint node node-a b=1:NoSchedule a:NoExecute');
    runUntil(shell.cluster, shell.cluster.world.counters.nowMs + 25_000);
    const { out } = shell.run('describe node node-a');
    expect(out).toMatch(/Taints: +a:NoExecute\n +b=1:NoSchedule\n/);
    expect(section(out, 'Lease:', 4)).toMatch(
      /^Lease:\n {2}HolderIdentity: {2}node-a\n {2}AcquireTime: {5}<unset>\n.*:20 /,
    );
    expect(out).toMatch(/default +p +3 \(75%\) +0 \(0%\) +1Gi \(6%\) +0 \(0%\)/);
    expect(out).toContain('KubeletReady                 kubelet is posting ready status\n');
  });

  it('has no lease before its kubelet has reported', () => {
    const shell = newShell();
    create(shell, { apiVersion: 'v1', kind: 'Node', metadata: { name: 'new' } } satisfies Pick<
      Node,
      'apiVersion' | 'kind'
    > & {
      metadata: { name: string };
    });
    expect(shell.run('describe node new').out).toContain(
      'Failed to get lease: leases.coordination.k8s.io "new" not found\n',
    );
  });
});

describe('storage', () => {
  it('tells claim templates, what volumes are made of, and classes', () => {
    const shell = newShell({
      'web.yaml': `${setYaml()}  volumeClaimTemplates:
  - metadata: {name: www, annotations: {a: b}}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
`,
      'pv.yaml':
        'apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: pv}\nspec:\n  capacity: {storage: 1Gi}\n  accessModes: [ReadWriteOnce]\n  local: {path: /p}\n  nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: In, values: [x, v]}, {key: b, operator: Exists}]}]}}\n',
      'sc.yaml':
        'apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {name: fast}\nprovisioner: p\nmountOptions: [a, b]\nallowedTopologies: [{matchLabelExpressions: [{key: zone, values: [z1, z2]}]}]\n',
    });
    shell.run('apply -f web.yaml -f pv.yaml -f sc.yaml');
    expect(shell.run('describe sts web').out).toMatch(/Name: +www\n.*\n +Labels: +<none>\n +Annotations: +a=b\n/);
    expect(section(shell.run('describe pv pv').out, 'Node Affinity:', 8)).toBe(
      `Node Affinity:     
  Required Terms:  
    Term 0:        a in [x, v]
                   b exists
Message:           
Source:
    Type:  LocalVolume (a persistent volume backed by local storage on a node)
    Path:  /p`,
    );
    expect(shell.run('describe sc fast').out).toMatch(
      /MountOptions:\n {2}a\n {2}b\nReclaimPolicy: +Delete\n.*\nAllowedTopologies: +\n {2}Term 0: +zone in \[z1, z2\]\n/,
    );
  });
});

it('tells a Service with its ports as the server has them', () => {
  const shell = newShell({
    'svc.yaml':
      'apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec:\n  type: NodePort\n  externalIPs: [1.2.3.4]\n  selector: {app: x}\n  ports: [{port: 80, appProtocol: h2, nodePort: 30080, targetPort: web}]\n',
  });
  shell.run('apply -f svc.yaml');
  const { out } = shell.run('describe svc s');
  expect(out).toMatch(
    /IPs: +10\.\S+\nExternal IPs: +1\.2\.3\.4\nPort: +<unset> +80\/TCP\nTargetPort: +web\/TCP\nAppProtocol: +h2\nNodePort: +<unset> +30080\/TCP\nEndpoints: +<none>\n/,
  );
});

it('tells of which container an event is', () => {
  const shell = newShell({ 'web.yaml': setYaml() }, { actors: undefined as never, seed: 3 });
  shell.run('apply -f web.yaml');
  runUntil(shell.cluster, shell.cluster.world.counters.nowMs + 20_000);
  expect(shell.run('describe pod web-0').out).toMatch(
    /Started +\S+ +kubelet +spec\.containers\{nginx\}: Container started\n/,
  );
});
