// Verbs that change objects: what they say, in which form, and what they refuse before anything is done.
import { beforeEach, describe, expect, it } from 'vitest';
import { actNow, runUntil } from '#engine';
import type { Deployment, Node, StatefulSet } from '#kube';
import { newShell, type Shell, setYaml } from '../testing/index.ts';

let shell: Shell;
beforeEach(() => {
  shell = newShell({ 'web.yaml': setYaml(), 'path.txt': '{.kind}' });
  shell.run('apply -f web.yaml');
});
const text = (command: string): string => {
  const { out, err } = shell.run(command);
  return out + err;
};
const setOf = (): StatefulSet => shell.cluster.view.get('StatefulSet', 'default', 'web') as StatefulSet;

/** Runs a command to its end. */
function toEnd(own: Shell, command: string, turns = 60): { readonly out: string; readonly err: string; code: number } {
  const { follow, ...first } = own.run(command);
  const said = { out: first.out, err: first.err, code: first.code };
  for (let i = 0; follow && i < turns; i += 1) {
    runUntil(own.cluster, own.cluster.world.counters.nowMs + 1000);
    let isDone = false;
    actNow(own.cluster, 'kubectl', command, (turn) => {
      const answer = follow(turn);
      said.out += answer.out;
      said.err += answer.err;
      said.code = answer.code ?? said.code;
      isDone = answer.isDone;
      return {};
    });
    if (isDone) break;
  }
  return said;
}

describe('-o', () => {
  it('prints the object that was changed, in any form', () => {
    expect(text('scale sts web --replicas=5 -o jsonpath={.spec.replicas}')).toBe('5');
    expect(text('label sts web a=b -o json')).toContain('"a": "b"');
    expect(text('annotate sts web a=b -o name')).toBe('statefulset.apps/web\n');
    expect(text(`patch sts web -p '{"spec":{"replicas":1}}' -o go-template={{.spec.replicas}}`)).toBe('1');
    expect(text('set image sts/web nginx=nginx:1.28 -o yaml')).toContain('image: nginx:1.28\n');
    expect(text('rollout restart sts/web -o name')).toBe('statefulset.apps/web\n');
    expect(text('create ns a -o yaml')).toContain('phase: Active');
    expect(text('create cm c --dry-run=client -o yaml --from-literal=a=1,2 -n default')).toBe(
      'apiVersion: v1\ndata:\n  a: 1,2\nkind: ConfigMap\nmetadata:\n  name: c\n  namespace: default\n',
    );
  });

  it('is refused before anything is done', () => {
    expect(text('scale sts web --replicas=9 -o foo')).toContain(
      'error: unable to match a printer suitable for the output format "foo", allowed formats are: go-template,',
    );
    expect(setOf().spec.replicas).toBe(3);
    expect(text('delete sts web -o yaml')).toBe("error: unexpected -o output mode: yaml. We only support '-o name'\n");
  });
});

describe('--dry-run', () => {
  it('is none, client or server', () => {
    expect(text('scale sts web --replicas=2 --dry-run=foo')).toBe(
      'error: Invalid dry-run value (foo). Must be "none", "server", or "client".\n',
    );
    expect(text('delete sts web --dry-run=client')).toBe(
      'statefulset.apps "web" deleted from default namespace (dry run)\n',
    );
    expect(text('scale sts web --replicas=2 --dry-run')).toMatch(
      /^statefulset.apps\/web scaled \(dry run\)\nW0101 00:00:0\d\.000000 +1 helpers\.go:733\] --dry-run is deprecated and can be replaced with --dry-run=client\.\n$/,
    );
    expect(text('annotate sts web a=b --dry-run=false')).toContain('can be replaced with --dry-run=none.\n');
    expect(setOf().metadata.annotations?.a).toBe('b');
  });

  it('of the client sends nothing, so that nothing is refused', () => {
    expect(text(`patch sts web --dry-run=client -p '{"spec":{"serviceName":"x"}}'`)).toBe(
      'statefulset.apps/web patched (dry run)\n',
    );
  });
});

it('--record keeps the command with the object', () => {
  expect(text('set image sts/web nginx=nginx:1.28 --record')).toBe(
    'statefulset.apps/web image updated\nFlag --record has been deprecated, --record will be removed in the future\n',
  );
  expect(setOf().metadata.annotations?.['kubernetes.io/change-cause']).toBe(
    'kubectl set image sts/web nginx=nginx:1.28 --record=true',
  );
});

describe('label and annotate', () => {
  it('list what is there', () => {
    text('label sts web b=2 a=1');
    expect(text('label sts web --list')).toBe('a=1\nb=2\n');
    expect(text('label sts --all --list')).toBe('Listing labels for StatefulSet.apps/web:\n a=1\n b=2\n');
    expect(text('annotate sts/web note=x')).toBe('statefulset.apps/web annotated\n');
    expect(text('annotate sts/web --list')).toContain('note=x\n');
    expect(text('label sts web --list -o name')).toBe('error: --list and --output may not be specified together\n');
  });

  it('refuse what does not go together', () => {
    expect(text('label sts web a=1 sts/x')).toBe(
      'error: all resources must be specified before label changes: sts/x\n',
    );
    expect(text('label sts web a=1=2')).toBe('error: invalid label spec: a=1=2\n');
    expect(text('label sts web a=1 a-')).toBe('error: can not both modify and remove a label in the same command\n');
    expect(text('annotate sts web a=1 a-')).toBe(
      'error: can not both modify and remove the following annotation(s) in the same command: a\n',
    );
    expect(text('label sts web')).toBe('error: at least one label update is required\n');
    expect(text('label a=b')).toBe(
      'error: one or more resources must be specified as <resource> <name> or <resource>/<name>\n',
    );
    expect(text('label sts --all a=b --resource-version=1')).toBe(
      'error: --resource-version may only be used with a single resource\n',
    );
  });
});

describe('set', () => {
  it('changes the images that there are, and tells of those that there are not', () => {
    expect(text('set image sts/web nope=x nginx=nginx:1.28')).toBe(
      'statefulset.apps/web image updated\nerror: unable to find container named "nope"\n',
    );
    expect(text("set image sts/web '*=a' nginx=b")).toBe(
      'error: all containers are already specified by *, but saw more than one container_name=container_image pairs\n',
    );
    expect(text('set image pvc/x')).toBe('error: at least one image update is required\n');
  });

  it('takes variables over from a ConfigMap, and lists them', () => {
    text('create cm c --from-literal=some.key=1');
    expect(text('set env sts/web --from=cm/c --prefix=P_')).toBe(
      'statefulset.apps/web env updated\nWarning: key some.key transferred to SOME_KEY\n',
    );
    expect(text('set env sts/web A=1')).toBe('statefulset.apps/web env updated\n');
    expect(text('set env sts/web --list')).toBe(
      '# StatefulSet web, container nginx\n# P_SOME_KEY from configmap c, key some.key\nA=1\n',
    );
    expect(text('set env sts/web A=2 --overwrite=false')).toBe(
      "error: statefulsets/web 'A' already has a value (1), and --overwrite is false\n",
    );
    expect(text('set env sts/web')).toBe('error: at least one environment variable must be provided\n');
    expect(text('set resources sts/web -c nope --limits=cpu=1')).toBe('error: unable to find container named nope\n');
  });
});

describe('taint', () => {
  const taints = (): unknown => (shell.cluster.view.get('Node', '', 'node-a') as Node).spec.taints;

  it('puts what is new first, and says what it did', () => {
    expect(text('taint node node-a a=1:NoSchedule')).toBe('node/node-a tainted\n');
    expect(text('taint nodes node-a b:NoExecute')).toBe('node/node-a tainted\n');
    expect(taints()).toMatchObject([{ key: 'b' }, { key: 'a' }]);
    expect(text('taint node node-a a=2:NoSchedule --overwrite')).toBe('node/node-a modified\n');
    expect(text('taint node node-a a-')).toBe('node/node-a untainted\n');
    expect(text('taint node node-a a-')).toBe('error: taint "a" not found\n');
  });

  it('refuses what is no taint', () => {
    expect(text('taint node node-a a=1:Never')).toBe(
      "error: invalid taint effect: Never, unsupported taint effect\nSee 'kubectl taint -h' for help and examples\n",
    );
    expect(text('taint pod x a:NoSchedule')).toBe('error: invalid resource type pod, only node types are supported\n');
    expect(text('taint node a:NoSchedule')).toBe(
      "error: at least one resource name must be specified since 'all' parameter is not set\n",
    );
  });
});

describe('delete', () => {
  it('says where a file wanted what is not there, and waits for nothing then', () => {
    text('delete sts web --wait=false');
    expect(text('delete -f web.yaml')).toBe(
      'Error from server (NotFound): error when deleting "web.yaml": statefulsets.apps "web" not found\n',
    );
    expect(text('delete node node-a -n default')).toBe(
      'node "node-a" deleted\nWarning: deleting cluster-scoped resources, not scoped to the provided namespace\n',
    );
    expect(text('delete pods --all --cascade=false')).toBe(
      'No resources found\nwarning: --cascade=false is deprecated (boolean value) and can be replaced with --cascade=orphan.\n',
    );
    expect(text('delete pods x --all')).toBe('error: name cannot be provided when a selector is specified\n');
    expect(text('delete pods --all -l a=b')).toBe('error: cannot set --all and --selector at the same time\n');
  });

  it('chooses by fields', () => {
    const own = newShell({ 'web.yaml': setYaml() }, { actors: undefined as never, seed: 3 });
    own.run('apply -f web.yaml');
    runUntil(own.cluster, own.cluster.world.counters.nowMs + 30_000);
    expect(own.run('delete pods --field-selector=metadata.name=web-1 --wait=false').out).toBe(
      'pod "web-1" deleted from default namespace\n',
    );
  });
});

describe('replace --force', () => {
  it('deletes, waits, and makes anew', () => {
    const own = newShell({ 'web.yaml': setYaml() }, { actors: undefined as never, seed: 3 });
    own.run('apply -f web.yaml');
    const before = own.cluster.view.get('StatefulSet', 'default', 'web')?.metadata.uid;
    expect(toEnd(own, 'replace --force -f web.yaml')).toMatchObject({
      out: 'statefulset.apps "web" deleted from default namespace\nstatefulset.apps/web replaced\n',
      err: '',
    });
    expect(own.cluster.view.get('StatefulSet', 'default', 'web')?.metadata.uid).not.toBe(before);
    expect(own.run('replace -f web.yaml --timeout=1s').err).toBe('error: --timeout must have --force specified\n');
    expect(own.run('replace web').err).toBe('error: must specify --filename to replace\n');
  });
});

describe('rollout', () => {
  it('undo of a Deployment takes its notes over, and is shown first where it is only asked about', () => {
    const own = newShell({}, { actors: undefined as never, seed: 3 });
    const settle = (): void => void runUntil(own.cluster, own.cluster.world.counters.nowMs + 60_000);
    own.run('create deployment d --image=nginx:1');
    expect(own.run('rollout undo deploy d').err).toBe('error: no rollout history found for deployment "d"\n');
    own.run('annotate deploy d kubernetes.io/change-cause=one');
    settle();
    own.run('set image deploy/d nginx=nginx:2');
    own.run('annotate deploy d kubernetes.io/change-cause=two --overwrite');
    settle();
    expect(own.run('rollout undo deploy d --dry-run=client').out).toMatch(
      /^deployment.apps\/d Pod Template:\n {2}Labels:\tapp=d\n[\s\S]*nginx:1\n[\s\S]* \(dry run\)\n$/,
    );
    expect(own.run('rollout undo deploy d').out).toBe('deployment.apps/d rolled back\n');
    const deployment = own.cluster.view.get('Deployment', 'default', 'd') as Deployment;
    expect(deployment.metadata.annotations?.['kubernetes.io/change-cause']).toBe('one');
    expect(own.run('rollout status deploy d --revision=9').err).toMatch(
      /^error: desired revision \(9\) is different from the running revision \(\d\)\n$/,
    );
    expect(own.run('rollout history deploy d --revision=9').err).toBe('error: unable to find the specified revision\n');
    expect(own.run('rollout history deploy d --revision=2 -o jsonpath={..image}').out).toBe('nginx:2');
  });

  it('status of several waits for one after the other', () => {
    const own = newShell(
      { 'web.yaml': setYaml(), 'b.yaml': setYaml({ name: 'b', replicas: 1 }).replaceAll('app: nginx', 'app: b') },
      { actors: undefined as never, seed: 3 },
    );
    own.run('apply -f web.yaml -f b.yaml');
    const { out, code } = toEnd(own, 'rollout status sts/web sts/b');
    expect(out).toMatch(/partitioned roll out complete: 3 new[\s\S]*partitioned roll out complete: 1 new[^\n]*\n$/);
    expect(code).toBe(0);
    expect(own.run('rollout status sts -l no=thing').err).toBe('No resources found in default namespace.\n');
    expect(toEnd(own, 'scale sts web --replicas=4 --timeout=60s').out).toBe('statefulset.apps/web scaled\n');
  });
});

describe('create', () => {
  it('makes objects of every kind that needs no file', () => {
    const yaml = (command: string): string => text(`create ${command} --dry-run=client -o yaml`);
    expect(yaml('deploy d --image=a/nginx:1 --image=b --port=80 -r 2')).toBe(
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    app: d\n  name: d\nspec:\n  replicas: 2\n  selector:\n    matchLabels:\n      app: d\n  strategy: {}\n  template:\n    metadata:\n      labels:\n        app: d\n    spec:\n      containers:\n      - image: a/nginx:1\n        name: nginx\n        ports:\n        - containerPort: 80\n        resources: {}\n      - image: b\n        name: b\n        resources: {}\nstatus: {}\n',
    );
    expect(text('create job j --image=busybox --dry-run=client -o yaml -- sleep 5')).toContain(
      'spec:\n  template:\n    metadata: {}\n    spec:\n      containers:\n      - command:\n        - sleep\n        - "5"\n        image: busybox\n        name: j\n        resources: {}\n      restartPolicy: Never\nstatus: {}\n',
    );
    expect(yaml("cronjob c --image=b --schedule='*/5 * * * *'")).toContain("schedule: '*/5 * * * *'\nstatus: {}\n");
    expect(yaml('service nodeport s --tcp=80:http --node-port=30080')).toContain(
      'ports:\n  - name: 80-http\n    nodePort: 30080\n    port: 80\n    protocol: TCP\n    targetPort: http\n  selector:\n    app: s\n  type: NodePort\nstatus:\n  loadBalancer: {}\n',
    );
    expect(yaml('svc externalname e --external-name=a.b')).toContain('externalName: a.b');
    expect(yaml('secret generic s --from-literal=pass=ä')).toContain('data:\n  pass: w6Q=\n');
    expect(yaml('quota q --hard=pods=3,cpu=1')).toContain('hard:\n    cpu: "1"\n    pods: "3"\nstatus: {}\n');
    expect(yaml('priorityclass p --value=7 --description=d')).toContain(
      'preemptionPolicy: PreemptLowerPriority\nvalue: 7\n',
    );
    expect(yaml('pdb p --selector=a=b --max-unavailable=50%')).toContain('maxUnavailable: 50%\n');
    expect(yaml('ns demo')).toBe('apiVersion: v1\nkind: Namespace\nmetadata:\n  name: demo\nspec: {}\nstatus: {}\n');
  });

  it('says in kubectl words what it cannot make', () => {
    text('create deploy d --image=x');
    expect(text('create deploy d --image=x')).toBe(
      'error: failed to create deployment: deployments.apps "d" already exists\n',
    );
    expect(text('create pdb p --selector=a=b')).toBe(
      'error: one of min-available or max-unavailable must be specified\n',
    );
    expect(text('create service clusterip s')).toBe('error: at least one tcp port specifier must be provided\n');
    expect(text('create cm c --from-literal=a=1 --from-literal=a=2')).toBe(
      'error: cannot add key "a", another key by that name already exists in Data for ConfigMap "c"\n',
    );
    expect(text('create cronjob c')).toBe('error: required flag(s) "image", "schedule" not set\n');
    expect(text('create role r --verb=get')).toContain('Ordinal does not simulate "kubectl create role"');
    expect(text('create frob')).toBe(
      'Error: must specify one of -f and -k\n\nerror: unknown command "frob"\nSee \'kubectl create -h\' for help and examples\n',
    );
  });
});
