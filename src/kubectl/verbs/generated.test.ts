// Verbs that make objects of their arguments, and those that tell of the server.
import { beforeEach, describe, expect, it } from 'vitest';
import type { Deployment, Pod, Service } from '#kube';
import { newShell, type Shell, setYaml } from '../testing/index.ts';

let shell: Shell;
const run = (command: string) => shell.run(command);
const out = (command: string): string => {
  const { out: text, err } = run(command);
  return text + err;
};

beforeEach(() => {
  shell = newShell({ 'web.yaml': setYaml() });
  run('apply -f web.yaml');
});

describe('run', () => {
  it('makes a pod', () => {
    expect(out('run tmp --image=busybox:1.36 --restart=Never --env=A=1 -- sleep 60')).toBe('pod/tmp created\n');
    const pod = shell.cluster.view.get('Pod', 'default', 'tmp') as Pod;
    expect(pod.metadata.labels).toEqual({ run: 'tmp' });
    expect(pod.spec).toMatchObject({
      restartPolicy: 'Never',
      containers: [{ image: 'busybox:1.36', args: ['sleep', '60'], env: [{ name: 'A', value: '1' }] }],
    });
  });
  it('prints what it would make', () => {
    expect(out('run nginx --image=nginx:1.27 --port=80 --dry-run=client -o yaml')).toBe(`apiVersion: v1
kind: Pod
metadata:
  labels:
    run: nginx
  name: nginx
spec:
  containers:
  - image: nginx:1.27
    name: nginx
    ports:
    - containerPort: 80
    resources: {}
  dnsPolicy: ClusterFirst
  restartPolicy: Always
status: {}
`);
    expect(shell.cluster.view.count('Pod')).toBe(0);
    expect(out('run x')).toBe('error: required flag(s) "image" not set\n');
    expect(out('run --image=x')).toBe("error: NAME is required for run\nSee 'kubectl run -h' for help and examples\n");
  });

  it('takes variables with commas, notes and overrides, and exposes the pod', () => {
    const yaml = out(
      `run y --image=x --env=A=1,2 --annotations=a=b --port=80 --privileged --dry-run=client -o yaml --overrides='{"spec":{"nodeName":"n"}}'`,
    );
    expect(yaml).toContain('  - env:\n    - name: A\n      value: 1,2\n');
    expect(yaml).toContain('  annotations:\n    a: b\n');
    expect(yaml).toContain('    securityContext:\n      privileged: true\n');
    expect(yaml).toContain('  nodeName: "n"\n');
    expect(out('run z --image=x --port=80 --expose')).toBe('pod/z created\nservice/z created\n');
    expect((shell.cluster.view.get('Service', 'default', 'z') as Service).spec.selector).toEqual({ run: 'z' });
    expect(out('run q --image=x --expose')).toContain('error: --port must be set when exposing a service\n');
    expect(out('run q --image=x --rm')).toContain('error: --rm should only be used for attached containers\n');
  });
});

describe('create', () => {
  it('makes a few kinds of arguments alone', () => {
    expect(out('create namespace demo')).toBe('namespace/demo created\n');
    expect(out('create deployment front --image=nginx:1.27 --replicas=2')).toBe('deployment.apps/front created\n');
    expect((shell.cluster.view.get('Deployment', 'default', 'front') as Deployment).spec.replicas).toBe(2);
    expect(out('create configmap c --from-literal=a=1 --from-file=web.yaml')).toBe('configmap/c created\n');
    expect(out('create service clusterip nginx --clusterip=None')).toBe('service/nginx created\n');
    expect((shell.cluster.view.get('Service', 'default', 'nginx') as Service).spec.clusterIP).toBe('None');
    expect(out('create pdb web --selector=app=nginx --min-available=2')).toBe(
      'poddisruptionbudget.policy/web created\n',
    );
    expect(out('create ns demo')).toBe('Error from server (AlreadyExists): namespaces "demo" already exists\n');
    expect(out('create deploy')).toBe('error: required flag(s) "image" not set\n');
    expect(out('create deploy --image=x')).toContain('exactly one NAME is required, got 0');
  });
});

describe('expose and autoscale', () => {
  it('expose knows Deployments, and no StatefulSets', () => {
    run('create deployment front --image=nginx:1.27 --port=8080');
    expect(out('expose deployment front --port=80 --target-port=8080')).toBe('service/front exposed\n');
    expect((shell.cluster.view.get('Service', 'default', 'front') as Service).spec).toMatchObject({
      selector: { app: 'front' },
      ports: [{ port: 80, targetPort: 8080, protocol: 'TCP' }],
    });
    expect(out('expose deploy front --name=again')).toBe('service/again exposed\n');
    expect(out('expose sts web --port=80')).toBe('error: cannot expose a StatefulSet.apps\n');
    expect(out('expose deploy front --name=odd --port=x')).toBe('error: strconv.Atoi: parsing "x": invalid syntax\n');
    expect(out('expose deploy front --name=aff --session-affinity=Odd')).toBe('error: unknown session affinity: Odd\n');
    run('create deployment bare --image=x');
    expect(out('expose deploy bare')).toBe("error: couldn't find port via --port flag or introspection\n");
    expect(out('expose deploy bare --cluster-ip=None --dry-run=client -o yaml')).toBe(
      'apiVersion: v1\nkind: Service\nmetadata:\n  labels:\n    app: bare\n  name: bare\nspec:\n  clusterIP: None\n  selector:\n    app: bare\nstatus:\n  loadBalancer: {}\n',
    );
  });
  it('autoscale keeps an autoscaler', () => {
    expect(out('autoscale sts web --min=2 --max=5 --cpu=70%')).toBe(
      'horizontalpodautoscaler.autoscaling/web autoscaled\n',
    );
    const found = shell.cluster.view.find('HorizontalPodAutoscaler.autoscaling/default/web');
    expect(found).toMatchObject({
      spec: {
        minReplicas: 2,
        maxReplicas: 5,
        scaleTargetRef: { kind: 'StatefulSet', name: 'web' },
      },
    });
    expect(out('autoscale node node-a --max=2')).toBe(
      'error: cannot autoscale a Node: could not find scale subresource for /v1, Resource=nodes in discovery information\n',
    );
    expect(out('autoscale sts web --min=2')).toBe('error: --max=MAXPODS is required and must be at least 1, max: -1\n');
  });
});

describe('diff', () => {
  it('shows what apply would change, and changes nothing', () => {
    shell.files['web.yaml'] = setYaml({ replicas: 5 });
    const { out: text, code, isDryRun } = run('diff -f web.yaml');
    expect(code).toBe(1);
    expect(isDryRun).toBe(true);
    expect(text).toMatch(
      /^diff -u -N (\S+\/LIVE-\d+\/apps\.v1\.StatefulSet\.default\.web) (\S+\/MERGED-\d+\/apps\S+)\n--- \1\t2026-01-01 \S+ \+0000\n\+\+\+ \2\t.*\n@@/,
    );
    expect(text).toContain('-  replicas: 3\n+  replicas: 5\n');
  });
  it('says nothing where nothing would change', () => {
    expect(run('diff -f web.yaml')).toMatchObject({ out: '', err: '', code: 0 });
  });
  it('shows new objects whole', () => {
    shell.files['new.yaml'] = setYaml({ name: 'other' });
    expect(run('diff -f new.yaml').out).toMatch(
      /^diff -u -N \S+LIVE\S+apps.*\n---.*\n\+\+\+.*\n@@ -0,0 \+1,\d+ @@\n\+apiVersion: apps\/v1\n/,
    );
  });
});

describe('the server', () => {
  it('tells its version, its resources and what one may do', () => {
    expect(out('version')).toMatch(
      /^Client Version: v1\.36\.\d+\nKustomize Version: .*\nServer Version: v1\.36\.\d+\n$/,
    );
    expect(out('api-resources --api-group=apps')).toBe(
      `NAME                  SHORTNAMES   APIVERSION   NAMESPACED   KIND
controllerrevisions                apps/v1      true         ControllerRevision
daemonsets            ds           apps/v1      true         DaemonSet
deployments           deploy       apps/v1      true         Deployment
replicasets           rs           apps/v1      true         ReplicaSet
statefulsets          sts          apps/v1      true         StatefulSet
`,
    );
    expect(out('api-resources --namespaced=false -o name')).toContain('persistentvolumes\n');
    expect(out('api-versions')).toContain('apps/v1\n');
    expect(out('auth can-i delete pods')).toBe('yes\n');
    expect(run('auth can-i get pods --as=system:serviceaccount:default:default')).toMatchObject({
      out: 'no\n',
      code: 1,
    });
    expect(out('auth can-i delete nodes')).toContain("resource 'nodes' is not namespace scoped");
  });
  it('is asked who may do what', () => {
    expect(out('auth can-i frob pods')).toBe("yes\nWarning: verb 'frob' is not a known verb\n\n");
    expect(out('auth can-i get nodes')).toBe("yes\nWarning: resource 'nodes' is not namespace scoped\n\n");
    expect(out('auth can-i get pods x')).toContain('error: you must specify two arguments: verb resource');
    expect(out('auth can-i get pods --no-headers')).toBe(
      'error: --no-headers cannot be set without --list specified\n',
    );
    expect(out('api-resources -o foo')).toContain('allowed formats are: name,wide');
  });

  it('explains fields', () => {
    expect(out('explain sts.spec.podManagementPolicy')).toMatch(
      /^GROUP: {6}apps\nKIND: {7}StatefulSet\nVERSION: {4}v1\n\nFIELD: podManagementPolicy <string>\nENUM:\n {4}OrderedReady\n {4}Parallel\n/,
    );
    expect(out('explain statefulset.spec')).toContain('  replicas\t<integer>\n');
    expect(out('explain sts.spec')).toContain('  selector\t<LabelSelector> -required-\n');
    expect(out('explain pods.spec.containers.name')).toContain('FIELD: name <string>\n\n\nDESCRIPTION:\n');
    expect(out('explain sts --recursive')).toContain('      partition\t<integer>\n'.trimStart());
    expect(out('explain sts.spec.nope')).toBe('error: field "nope" does not exist\n');
    expect(out('explain pods.spec.containers.ports')).toContain('  protocol\t<string>\n  enum: SCTP, TCP, UDP\n');
    expect(out('explain pods.spec.containers.volumeMounts --recursive')).toMatch(
      /\n {2}mountPath\t<string> -required-\n[\s\S]*\n\n$/,
    );
    expect(out('explain sts.metadata.managedFields')).toContain('DESCRIPTION:\n    <empty>\nFIELDS:\n');
    expect(out('explain')).toContain(
      'error: You must specify the type of resource to explain. Use "kubectl api-resources"',
    );
    expect(out('explain sts web')).toBe('error: We accept only this format: explain RESOURCE\n');
    expect(out('explain nope')).toContain("the server doesn't have a resource type");
  });
  it('tells what is used', () => {
    expect(run('top pods').err).toBe('No resources found in default namespace.\n');
    expect(out('top nodes')).toMatch(
      /^NAME +CPU\(cores\) +CPU\(%\) +MEMORY\(bytes\) +MEMORY\(%\)\nnode-a +60m +1% +640Mi +\d+%\n/,
    );
  });
});

it('what is left out is named, with what to use instead', () => {
  expect(out('port-forward web-0 8080:80')).toBe(
    'error: Ordinal does not simulate "kubectl port-forward": kubectl exec POD -- curl http://localhost:PORT/ asks a pod from inside\n',
  );
});
