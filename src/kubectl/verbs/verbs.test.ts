// The other verbs: what they do and what they say.

import { describe, expect, it } from 'vitest';
import { actNow, done, runUntil } from '#engine';
import { type Draft, keyOf, type Node, type Pod, type StatefulSet } from '#kube';
import { newShell, type Shell, setYaml } from '../testing/index.ts';
import { verbs } from './index.ts';

const BUDGET =
  'apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata:\n  name: nginx\nspec:\n  minAvailable: 3\n  selector:\n    matchLabels:\n      app: nginx\n';

const setOf = (shell: Shell): StatefulSet => shell.cluster.view.get('StatefulSet', 'default', 'web') as StatefulSet;

/** A cluster in which everything runs, with `web` applied and at rest. */
function newRunning(files: Readonly<Record<string, string>> = {}, apply = 'web.yaml'): Shell {
  const shell = newShell({ 'web.yaml': setYaml(), ...files }, { actors: undefined as never, seed: 3 });
  return settle(shell, `apply -f ${apply}`);
}

function settle(shell: Shell, command: string): Shell {
  shell.run(command);
  runUntil(shell.cluster, shell.cluster.world.counters.nowMs + 120_000);
  return shell;
}

function newApplied(): Shell {
  const shell = newShell({ 'web.yaml': setYaml() });
  shell.run('apply -f web.yaml');
  return shell;
}

it('lists each verb once', () => {
  const names = verbs.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

describe('scale', () => {
  it('asks for another number of replicas', () => {
    const shell = newApplied();
    expect(shell.run('scale sts/web --replicas=5').out).toBe('statefulset.apps/web scaled\n');
    expect(setOf(shell).spec.replicas).toBe(5);
    expect(shell.run('scale sts web --replicas=2 --current-replicas=3').err).toBe(
      'error: Expected replicas to be 3, was 5\n',
    );
    expect(shell.run('scale pod web-0 --replicas=2').err).toBe(
      'Error from server (NotFound): pods "web-0" not found\n',
    );
    expect(shell.run('scale node node-a --replicas=2').err).toBe(
      'Error from server (NotFound): the server could not find the requested resource\n',
    );
  });
});

describe('set', () => {
  it('changes images, variables and resources of containers', () => {
    const shell = newApplied();
    expect(shell.run('set image sts web nginx=nginx:1.28').out).toBe('statefulset.apps/web image updated\n');
    expect(shell.run('set image sts/web nginx=nginx:1.28').out).toBe('');
    expect(shell.run("set image sts/web '*=nginx:1.29'").out).toBe('statefulset.apps/web image updated\n');
    expect(shell.run('set env sts/web A=1 B=2').out).toBe('statefulset.apps/web env updated\n');
    expect(shell.run('set env sts/web A- B=3').out).toBe('statefulset.apps/web env updated\n');
    expect(shell.run('set resources sts web --limits=cpu=1,memory=1Gi -c nginx').out).toBe(
      'statefulset.apps/web resource requirements updated\n',
    );
    expect(setOf(shell).spec.template.spec.containers[0]).toMatchObject({
      image: 'nginx:1.29',
      env: [{ name: 'B', value: '3' }],
      resources: { limits: { cpu: '1', memory: '1Gi' } },
    });
    expect(shell.run('set image sts/web nope=x').err).toBe('error: unable to find container named "nope"\n');
    expect(shell.run('set image sts/web nginx=').err).toBe(
      'error: failed to patch image update to pod template: StatefulSet.apps "web" is invalid: spec.template.spec.containers[0].image: Required value\n',
    );
  });
});

describe('patch', () => {
  it('knows three forms', () => {
    const shell = newApplied();
    expect(
      shell.run(`patch sts web -p '{"spec":{"template":{"spec":{"containers":[{"name":"nginx","image":"a"}]}}}}'`).out,
    ).toBe('statefulset.apps/web patched\n');
    expect(shell.run('patch sts web -p "spec: {replicas: 4}"').out).toBe('statefulset.apps/web patched\n');
    expect(
      shell.run(
        `patch sts web --type=json -p '[{"op":"replace","path":"/spec/template/spec/containers/0/image","value":"b"},{"op":"add","path":"/metadata/labels","value":{"x":"y"}}]'`,
      ).code,
    ).toBe(0);
    expect(shell.run(`patch sts web --type=merge -p '{"metadata":{"labels":{"x":null}}}'`).code).toBe(0);
    expect(shell.run(`patch sts web --type=merge -p '{"spec":{"replicas":4}}'`).out).toBe(
      'statefulset.apps/web patched (no change)\n',
    );
    expect(setOf(shell).spec).toMatchObject({
      replicas: 4,
      template: { spec: { containers: [{ image: 'b', name: 'nginx' }] } },
    });
    expect(setOf(shell).metadata.labels ?? {}).toEqual({});
  });

  it('changes nothing when the server drops what is new', () => {
    const shell = newApplied();
    expect(shell.run(`patch sts web -p '{"spec":{"updateStrategy":{"rollingUpdate":{"maxUnavailable":2}}}}'`).out).toBe(
      'statefulset.apps/web patched (no change)\n',
    );
  });

  it('KCTL-9 brings no values into Secrets', () => {
    const shell = newShell({
      'a.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {p: aHVudGVyMg==}\n',
    });
    shell.run('apply -f a.yaml');
    expect(shell.run(`patch secret s -p '{"stringData":{"q":"hunter2"},"data":{"p":"aHVudGVyMg=="}}'`).code).toBe(0);
    const { out } = shell.run('get secret s -o json');
    expect(out).toContain('"p": ""');
    expect(out).not.toMatch(/hunter2|aHVudGVyMg/);
  });

  it('KCTL-12 warns of unknown fields, and tells what does not fit in the words of the server', () => {
    const shell = newApplied();
    expect(shell.run(`patch sts web -p '{"spec":{"replica":4}}'`)).toMatchObject({
      out: 'statefulset.apps/web patched (no change)\n',
      err: 'Warning: unknown field "spec.replica"\n',
      code: 0,
    });
    const errorOf = (command: string) => shell.run(`patch sts web ${command}`).err;
    expect(errorOf(`-p '{"spec":{"replicas":"x"}}'`)).toBe(
      'The request is invalid: patch: Invalid value: "map[spec:map[replicas:x]]": unrecognized type: int32\n',
    );
    expect(errorOf(`-p '{"metadata":{"labels":{"a":1}}}'`)).toContain(': cannot convert int64 to string\n');
    expect(errorOf(`-p '{"spec":{"template":"x"}}'`)).toContain(': cannot restore struct from: string\n');
    expect(errorOf(`--type=json -p '[{"op":"remove","path":"/spec/nope"}]'`)).toBe(
      'The request is invalid: the server rejected our request due to an error in our request\n',
    );
    expect(errorOf(`--type=json -p '{"op":"remove"}'`)).toMatch(
      /^Error from server \(BadRequest\): error decoding patch/,
    );
    expect(errorOf("-p '{spec: {replicas: 4}}'")).toBe(
      "Error from server (BadRequest): invalid character 's' looking for beginning of object key string\n",
    );
    expect(errorOf("-p 'a: [b'")).toMatch(/^error: unable to parse "a: \[b": yaml: line 1: /);
    expect(errorOf('')).toContain('must specify --patch');
  });
});

describe('label and annotate', () => {
  it('set, change and take away', () => {
    const shell = newApplied();
    expect(shell.run('label sts web a=1').out).toBe('statefulset.apps/web labeled\n');
    expect(shell.run('label sts web a=2').err).toBe("error: 'a' already has a value (1), and --overwrite is false\n");
    expect(shell.run('label sts web a=1').out).toBe('statefulset.apps/web not labeled\n');
    expect(shell.run('label sts web a=2 --overwrite').out).toBe('statefulset.apps/web labeled\n');
    expect(shell.run('label sts web a- b=1').out).toBe('statefulset.apps/web modified\n');
    expect(shell.run('label sts web b-').out).toBe('statefulset.apps/web unlabeled\n');
    expect(shell.run('annotate sts web note="x y"').out).toBe('statefulset.apps/web annotated\n');
    expect(setOf(shell).metadata.annotations?.note).toBe('x y');
    expect(shell.run('label sts web a=-').err).toContain('invalid label value: "a=-"');
  });
});

describe('delete', () => {
  it('KCTL-5 says that an object is deleted when the server has accepted', () => {
    const shell = newRunning();
    const result = shell.run('delete pod web-1');
    expect(result.out).toBe('pod "web-1" deleted from default namespace\n');
    expect(shell.cluster.view.get('Pod', 'default', 'web-1')?.metadata.deletionTimestamp).toBeDefined();
    expect(result.follow).toBeDefined();
    expect(shell.run('delete pod web-2 --wait=false').follow).toBeUndefined();
  });

  it('takes names, labels, files and all, and tells what is not there', () => {
    const shell = newRunning();
    expect(shell.run('delete pods web-0 nope --wait=false')).toMatchObject({
      out: 'pod "web-0" deleted from default namespace\n',
      err: 'Error from server (NotFound): pods "nope" not found\n',
      code: 1,
    });
    expect(shell.run('delete pods -l app=nginx --wait=false').out.split('\n')).toHaveLength(4);
    expect(shell.run('delete pods -l app=other').out).toBe('No resources found\n');
    expect(shell.run('delete -f web.yaml').out).toBe('statefulset.apps "web" deleted from default namespace\n');
    expect(shell.run('delete pods').err).toBe('error: resource(s) were provided, but no name was specified\n');
    expect(shell.run('delete').err).toMatch(
      /^error: You must provide one or more resources by argument or filename\.\n/,
    );
    expect(shell.run('delete pod x --cascade=foo').err).toBe(
      'error: invalid cascade value (foo). Must be "background", "foreground", or "orphan"\n',
    );
  });

  it('forces pods away at once, with a warning', () => {
    const shell = newRunning();
    const { out, err } = shell.run('delete pod web-0 --force');
    expect(out).toBe('pod "web-0" force deleted from default namespace\n');
    expect(err).toMatch(/^Warning: Immediate deletion does not wait/);
    expect(shell.cluster.view.get('Pod', 'default', 'web-0')).toBeUndefined();
    expect(shell.run('delete pod web-1 --force --grace-period=3').err).toBe(
      'error: --force and --grace-period greater than 0 cannot be specified together\n',
    );
  });
});

describe('rollout', () => {
  it('KCTL-6 tells how far a rollout is, and is content when it is done', () => {
    const shell = newRunning();
    expect(shell.run('rollout status sts/web').out).toBe(
      'partitioned roll out complete: 3 new pods have been updated...\n',
    );
    shell.run('set image sts/web nginx=nginx:1.28');
    const waiting = shell.run('rollout status sts/web');
    expect(waiting.out).toBe('Waiting for statefulset spec update to be observed...\n');
    expect(waiting.follow).toBeDefined();
    let out = '';
    let isDone = false;
    while (!isDone && shell.cluster.world.counters.nowMs < 600_000) {
      runUntil(shell.cluster, shell.cluster.world.counters.nowMs + 1_000);
      actNow(shell.cluster, 'kubectl', 'follow', (turn) => {
        const answer = waiting.follow?.(turn);
        out += answer?.out ?? '';
        isDone = answer?.isDone ?? true;
        return done;
      });
    }
    expect(out).toContain('Waiting for partitioned roll out to finish: 1 out of 3 new pods have been updated...\n');
    expect(out.endsWith('partitioned roll out complete: 3 new pods have been updated...\n')).toBe(true);
  });

  it('goes back, restarts, and tells the history', () => {
    const shell = newRunning();
    expect(shell.run('rollout undo sts/web').err).toContain('error: no last revision to roll back to');
    settle(shell, 'set image sts/web nginx=nginx:1.28');
    expect(shell.run('rollout history sts/web').out).toBe(
      'statefulset.apps/web \nREVISION  CHANGE-CAUSE\n1         <none>\n2         <none>\n\n',
    );
    expect(shell.run('rollout history sts/web --revision=1').out).toContain('    Image:\tnginx:1.27\n');
    expect(shell.run('rollout undo sts/web --to-revision=2').out).toBe(
      'statefulset.apps/web skipped rollback (current template already matches revision 2)\n',
    );
    const undone = shell.run('rollout undo sts/web');
    expect(undone.out).toBe('statefulset.apps/web rolled back\n');
    expect(undone.err).toMatch(/^Warning: resource statefulsets\/web was previously managed/);
    expect(setOf(shell).spec.template.spec.containers[0]?.image).toBe('nginx:1.27');
    expect(shell.run('rollout restart sts web').out).toBe('statefulset.apps/web restarted\n');
    expect(shell.run('rollout restart sts web').err).toContain('please wait before attempting to trigger another');
    expect(shell.run('rollout pause sts/web').err).toBe('error: statefulsets.apps "web" pausing is not supported\n');
    expect(shell.run('rollout undo pod/web-0').err).toBe('error: no rollbacker has been implemented for "Pod"\n');
  });
});

describe('rollouts of Deployments', () => {
  const DEPLOYMENT =
    'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web, annotations: {kubernetes.io/change-cause: first}}\nspec:\n  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n    spec: {containers: [{name: web, image: "nginx:1.27"}]}\n';

  it('are told with hash and cause, and not rolled back while they are paused', () => {
    const shell = settle(newRunning({ 'deploy.yaml': DEPLOYMENT }), 'apply -f deploy.yaml');
    settle(shell, 'set image deploy/web web=nginx:1.28');
    expect(shell.run('rollout history deploy/web --revision=1').out).toMatch(
      /^deployment\.apps\/web with revision #1\nPod Template:\n {2}Labels:\tapp=web\n {2}\tpod-template-hash=\S+\n {2}Annotations:\tkubernetes\.io\/change-cause: first\n/,
    );
    shell.run('rollout pause deploy/web');
    expect(shell.run('rollout undo deploy/web').err).toContain(
      "\nerror: you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again\n",
    );
  });

  it('and of StatefulSets are meant all where no name is given', () => {
    const shell = newApplied();
    expect(shell.run('rollout restart sts').out).toBe('statefulset.apps/web restarted\n');
    expect(shell.run('rollout history sts').out).toBe('statefulset.apps/web \nNo rollout history found.\n');
    expect(shell.run('rollout restart deploy')).toMatchObject({
      err: 'No resources found in default namespace.\n',
      code: 0,
    });
  });
});

describe('nodes', () => {
  it('are cordoned, uncordoned and tainted', () => {
    const shell = newShell();
    expect(shell.run('cordon node-a').out).toBe('node/node-a cordoned\n');
    expect(shell.run('cordon node-a').out).toBe('node/node-a already cordoned\n');
    expect(shell.run('uncordon node-a node-b').out).toBe('node/node-a uncordoned\nnode/node-b already uncordoned\n');
    expect(shell.run('taint nodes node-a dedicated=db:NoSchedule').out).toBe('node/node-a tainted\n');
    expect(shell.run('taint nodes node-a dedicated=x:NoSchedule').err).toContain(
      'already has dedicated taint(s) with same effect(s) and --overwrite is false',
    );
    expect(shell.cluster.view.get('Node', '', 'node-a')?.spec.taints).toEqual([
      { key: 'dedicated', value: 'db', effect: 'NoSchedule' },
    ]);
    expect(shell.run('taint nodes node-a dedicated-').out).toBe('node/node-a untainted\n');
    expect(shell.run('taint nodes node-a dedicated-').err).toBe('error: taint "dedicated" not found\n');
    expect(shell.run('cordon nope').err).toBe('Error from server (NotFound): nodes "nope" not found\n');
  });

  it('KCTL-7 are drained of the pods that may go, and the rest is asked again', () => {
    const shell = newRunning({ 'all.yaml': `${setYaml()}---\n${BUDGET}` }, 'all.yaml');
    const node = shell.cluster.view.get('Pod', 'default', 'web-0')?.spec.nodeName ?? '';
    const { out, err, follow } = shell.run(`drain ${node}`);
    expect(out).toBe(`node/${node} cordoned\nevicting pod default/web-0\n`);
    expect(err).toBe(
      'error when evicting pods/"web-0" -n "default" (will retry after 5s): Cannot evict pod as it would violate the pod\'s disruption budget.\n',
    );
    shell.run('delete pdb nginx');
    let said = '';
    let isDone = false;
    for (let i = 0; i < 60 && !isDone; i += 1) {
      runUntil(shell.cluster, shell.cluster.world.counters.nowMs + 1_000);
      actNow(shell.cluster, 'kubectl', 'drain', (turn) => {
        const answer = follow?.(turn);
        said += answer?.out ?? '';
        isDone = answer?.isDone ?? true;
        return done;
      });
    }
    expect(said).toBe(`evicting pod default/web-0\npod/web-0 evicted\nnode/${node} drained\n`);
  });

  it('KCTL-7 are drained no longer than was asked', () => {
    const shell = newRunning({ 'all.yaml': `${setYaml()}---\n${BUDGET}` }, 'all.yaml');
    const node = shell.cluster.view.get('Pod', 'default', 'web-0')?.spec.nodeName ?? '';
    const answersOf = (command: string) => {
      const { out, err, code, follow } = shell.run(command);
      const said = { out, err, code };
      for (let i = 0, isDone = follow === undefined; i < 20 && !isDone; i += 1) {
        runUntil(shell.cluster, shell.cluster.world.counters.nowMs + 500);
        actNow(shell.cluster, 'kubectl', command, (turn) => {
          const answer = follow?.(turn);
          said.out += answer?.out ?? '';
          said.err += answer?.err ?? '';
          said.code = answer?.code ?? said.code;
          isDone = answer?.isDone ?? true;
          return done;
        });
      }
      return said;
    };
    const held = answersOf(`drain ${node} --timeout=3s`);
    const reason = 'error when evicting pods/"web-0" -n "default": global timeout reached: 3s';
    expect(held.out).toBe(`node/${node} cordoned\nevicting pod default/web-0\nevicting pod default/web-0\n`);
    expect(held.err).toContain(
      `\nerror: unable to drain node "${node}" due to error: ${reason}, continuing command...\nThere are pending nodes to be drained:\n ${node}\n${reason}\n`,
    );
    expect(held.code).toBe(1);
    expect(shell.run(`drain ${node} --dry-run=client`).out).toBe(
      `node/${node} already cordoned (dry run)\nevicting pod default/web-0 (dry run)\nnode/${node} drained (dry run)\n`,
    );
    const forced = answersOf(`drain ${node} --disable-eviction --timeout=500ms`);
    expect(forced.out).toBe(`node/${node} already cordoned\n`);
    expect(forced.err).toBe(
      `There are pending pods in node "${node}" when an error occurred: context deadline exceeded\npod/web-0\nerror: unable to drain node "${node}" due to error: context deadline exceeded, continuing command...\nThere are pending nodes to be drained:\n ${node}\ncontext deadline exceeded\n`,
    );
    expect(answersOf(`drain ${node} --disable-eviction`).out).toBe(
      `node/${node} already cordoned\npod/web-0 deleted\nnode/${node} drained\n`,
    );
  });

  it('KCTL-7 are not drained of pods without a controller', () => {
    const shell = newShell();
    actNow(shell.cluster, 'test', 'pod', (turn) => {
      const pod: Draft<Pod> = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'bare', namespace: 'default' },
        spec: { containers: [{ name: 'c', image: 'i' }], nodeName: 'node-a' },
        status: { phase: 'Running' },
      };
      expect(turn.create<Pod>(pod).ok).toBe(true);
      return done;
    });
    const { err, code } = shell.run('drain node-a');
    expect(code).toBe(1);
    expect(err).toBe(
      'error: unable to drain node "node-a" due to error: cannot delete Pods that declare no controller (use --force to override): default/bare, continuing command...\nThere are pending nodes to be drained:\n node-a\ncannot delete Pods that declare no controller (use --force to override): default/bare\n',
    );
    expect((shell.cluster.view.find(keyOf('Node', '', 'node-a')) as Node).spec.unschedulable).toBe(true);
  });
});

describe('wait and timeouts', () => {
  it('KCTL-5 waits for conditions, for the end of objects, and no longer than was asked', () => {
    const shell = newRunning();
    expect(shell.run('wait --for=condition=Ready pod/web-0 pod/web-1').out).toBe(
      'pod/web-0 condition met\npod/web-1 condition met\n',
    );
    const { follow } = shell.run('delete pod web-0 web-1 --timeout=1s');
    const waiting = shell.run('wait --for=delete pod/web-2 --timeout=2s').follow;
    const ask = (next: typeof follow) => {
      let answer: ReturnType<NonNullable<typeof follow>> | undefined;
      actNow(shell.cluster, 'kubectl', 'ask', (turn) => {
        answer = next?.(turn);
        return done;
      });
      return answer;
    };
    expect(ask(follow)?.isDone).toBe(false);
    runUntil(shell.cluster, shell.cluster.world.counters.nowMs + 3_000);
    expect(ask(waiting)).toEqual({
      out: '',
      err: 'error: timed out waiting for the condition on pods/web-2\n',
      isDone: true,
      code: 1,
    });
    expect(shell.run('wait --for=nope pod/web-2').err).toBe('error: unrecognized condition: "nope"\n');
    expect(shell.run('wait --for=delete pod/web-2 --timeout=3x').err).toContain(
      'time: unknown unit "x" in duration "3x"',
    );
  });
});

describe('replace', () => {
  it('puts the file in the place of the object', () => {
    const shell = newApplied();
    shell.run('label sts web a=b');
    shell.files['web.yaml'] = setYaml({ replicas: 2 });
    expect(shell.run('replace -f web.yaml').out).toBe('statefulset.apps/web replaced\n');
    expect(setOf(shell).spec.replicas).toBe(2);
    expect(setOf(shell).metadata.labels).toBeUndefined();
    shell.files['b.yaml'] = setYaml({ name: 'other' });
    expect(shell.run('replace -f b.yaml').err).toBe(
      'Error from server (NotFound): error when replacing "b.yaml": statefulsets.apps "other" not found\n',
    );
  });
});
