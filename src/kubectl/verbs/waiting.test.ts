// kubectl wait and kubectl events, and the outputs of apply.
import { beforeEach, describe, expect, it } from 'vitest';
import { actNow, runUntil } from '#engine';
import { newShell, type Shell, setYaml } from '../testing/index.ts';

let shell: Shell;
beforeEach(() => {
  shell = newShell({ 'web.yaml': setYaml() }, { actors: undefined as never, seed: 3 });
});

/** Runs a command as long as it waits, a second at a time. */
function run(
  command: string,
  seconds = 60,
): { readonly text: string; readonly code: number; readonly isDone: boolean } {
  const { follow, out, err, code } = shell.run(command);
  const said = { text: out + err, code, isDone: !follow };
  for (let i = 0; follow && i < seconds && !said.isDone; i += 1) {
    runUntil(shell.cluster, shell.cluster.world.counters.nowMs + 1000);
    actNow(shell.cluster, 'kubectl', command, (turn) => {
      const answer = follow(turn);
      said.text += answer.out + answer.err;
      said.code = answer.code ?? said.code;
      said.isDone = answer.isDone;
      return {};
    });
  }
  return said;
}

describe('wait', () => {
  it('waits for conditions, fields and the end of objects', () => {
    run('apply -f web.yaml');
    expect(run('wait --for=create pod/web-2 --timeout=60s').text).toBe('pod/web-2 condition met\n');
    expect(run('wait --for=condition=Ready pod/web-0 pod/web-1').text).toBe(
      'pod/web-0 condition met\npod/web-1 condition met\n',
    );
    expect(run("wait --for=jsonpath='{.status.readyReplicas}'=3 sts/web").text).toBe(
      'statefulset.apps/web condition met\n',
    );
    expect(run('wait --for=jsonpath=.status.phase pod -l app=nginx').text).toContain('pod/web-2 condition met\n');
    expect(run('wait --for=condition=ready --for=jsonpath={.status.phase}=Running pod/web-0 -o name').text).toBe(
      'pod/web-0\npod/web-0\n',
    );
    shell.run('delete pod web-2 --wait=false');
    shell.run('scale sts web --replicas=2');
    expect(run('wait --for=delete pod/web-2').text).toBe('pod/web-2 condition met\n');
    expect(run('wait --for=delete pod/web-2')).toEqual({ text: '', code: 0, isDone: true });
  });

  it('gives up in kubectl words', () => {
    run('apply -f web.yaml');
    run('wait --for=create pod/web-0');
    expect(run('wait --for=condition=Nope pod/web-0 --timeout=2s')).toEqual({
      text: 'error: timed out waiting for the condition on pods/web-0\n',
      code: 1,
      isDone: true,
    });
    expect(run('wait --for=delete sts/web --timeout=0').text).toBe('error: condition not met for statefulsets/web\n');
    expect(run('wait --for=create pod/nope --timeout=2s').text).toBe('error: timed out waiting for the condition\n');
    expect(run('wait --for=condition=Ready pod/nope').text).toBe(
      'Error from server (NotFound): pods "nope" not found\n',
    );
    expect(run('wait --for=condition=Ready pod -l no=thing').text).toBe('error: no matching resources found\n');
    expect(run('wait --for=frob pod/web-0').text).toBe('error: unrecognized condition: "frob"\n');
    expect(run('wait pod/web-0').text).toBe('error: unrecognized condition: []\n');
    expect(run('wait --for=jsonpath={.status}=x pod/web-0').text).toBe(
      'error: jsonpath leads to a nested object or list which is not supported\n',
    );
    expect(run('wait --for=jsonpath={.a}=b=c pod/web-0').text).toContain('error: jsonpath wait format must be --for=');
    expect(run('wait --for=condition=Ready pod/web-0 --timeout=1').text).toContain(
      'time: missing unit in duration "1"',
    );
  });
});

describe('events', () => {
  it('-w tells what there is and what comes', () => {
    run('apply -f web.yaml');
    const { text, isDone } = run('events -w --for sts/web', 15);
    expect(isDone).toBe(false);
    expect(text.match(/^LAST SEEN/gm)).toHaveLength(1);
    expect(text).toMatch(/SuccessfulCreate +StatefulSet\/web +Create Pod web-2 /);
    expect(run('events --for sts/web -o name').text).toMatch(/^event\/web\.\w+\n/);
  });

  it('refuses what is no type', () => {
    expect(run('events --types=Odd').text).toBe('error: valid --types are Normal or Warning\n');
    expect(run('events --for=web').text).toBe('error: --for must be in resource/name form\n');
    expect(run('events').text).toBe('No events found in default namespace.\n');
  });
});

describe('apply', () => {
  it('prints one object as it is and several as a list', () => {
    shell.files['b.yaml'] = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b, labels: {a: b}}\n';
    expect(run('apply -f b.yaml -o jsonpath={.kind}').text).toBe('ConfigMap');
    expect(run('apply -f web.yaml -f b.yaml -o jsonpath={.kind}{.items[*].kind}').text).toBe(
      'ListStatefulSet ConfigMap',
    );
    expect(run('apply -f web.yaml -f b.yaml -l a=b').text).toBe('configmap/b unchanged\n');
    expect(run('apply -f web.yaml -f b.yaml -o name').text).toBe('statefulset.apps/web\nconfigmap/b\n');
  });

  it('KCTL-24 by the server leaves no note of what was applied, and takes nothing away', () => {
    shell.files['b.yaml'] = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata: {a: "1"}\n';
    expect(run('apply --server-side -f b.yaml').text).toBe('configmap/b serverside-applied\n');
    expect(run('get cm b -o jsonpath={.metadata.annotations}').text).toBe('');
    shell.files['b.yaml'] = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata: {c: "2"}\n';
    expect(run('apply --server-side -f b.yaml').text).toBe('configmap/b serverside-applied\n');
    expect(run('get cm b -o jsonpath={.data}').text).toBe('{"a":"1","c":"2"}');
  });

  it('refuses flags that do not go together', () => {
    expect(run('apply -f web.yaml --force-conflicts').text).toBe(
      'error: --force-conflicts only works with --server-side\n',
    );
    expect(run('apply -f web.yaml x').text).toBe(
      "error: Unexpected args: [x]\nSee 'kubectl apply -h' for help and examples\n",
    );
    expect(run('apply -k dir').text).toContain('error: Ordinal does not simulate "kubectl kustomize"');
  });
});

describe('what apply keeps', () => {
  it('is shown as YAML or JSON, and by nobody who has none', () => {
    shell.files['b.yaml'] = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata: {a: "1"}\n';
    run('apply -f b.yaml');
    run('create cm c');
    expect(run('apply view-last-applied cm/b').text).toBe(
      'apiVersion: v1\ndata:\n  a: "1"\nkind: ConfigMap\nmetadata:\n  annotations: {}\n  name: b\n  namespace: default\n',
    );
    expect(run('apply view-last-applied cm b -o json').text).toContain(
      '{\n  "apiVersion": "v1",\n  "data": {\n    "a": "1"\n',
    );
    expect(run('apply view-last-applied cm/c')).toEqual({ text: '', code: 0, isDone: true });
    expect(run('apply view-last-applied cm/b -o foo').text).toContain(
      "error: Unexpected -o output mode: foo, the flag 'output' must be one of yaml|json\n",
    );
    expect(run('apply set-last-applied -f b.yaml').text).toContain(
      'Ordinal does not simulate "kubectl apply set-last-applied"',
    );
  });

  it('a difference ends with 1, and what goes wrong with 2', () => {
    shell.files['b.yaml'] = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n';
    expect(run('diff -f b.yaml').code).toBe(1);
    expect(run('diff -f nope.yaml').code).toBe(2);
    expect(run('diff x').code).toBe(2);
  });
});

describe('logs', () => {
  it('of all pods carry where they come from, and begin where they are asked to', () => {
    run('apply -f web.yaml');
    run('wait --for=create pod/web-2 --timeout=60s');
    run('wait --for=condition=Ready pod/web-2');
    expect(run('logs sts/web --all-pods --tail=1').text.match(/^\[pod\/web-\d\/nginx\] /gm)).toHaveLength(3);
    expect(run('logs web-0 --since-time=2027-01-01T00:00:00Z').text).toBe('');
    expect(run('logs web-0 --since-time=soon').text).toContain('error: parsing time "soon" as');
    expect(run('logs web-0 --since=1s --since-time=2026-01-01T00:00:00Z').text).toBe(
      'error: at most one of `sinceTime` or `sinceSeconds` may be specified\n',
    );
    expect(run('logs -f -l app=nginx --max-log-requests=2').text).toBe(
      'error: you are attempting to follow 3 log streams, but maximum allowed concurrency is 2, use --max-log-requests to increase the limit\n',
    );
  });
});
