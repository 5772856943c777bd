// Lines of the terminal against the real simulation: what reads is no act, what changes is one, what waits goes on.
import { describe, expect, it } from 'vitest';
import type { ShellEffect } from '#kubectl';
import type { Session } from '#share';
import type { RunAnswer } from './protocol.ts';
import { newServer, type Server } from './server.ts';

const WEB = `apiVersion: v1
kind: Service
metadata:
  name: nginx
spec:
  clusterIP: None
  selector:
    app: nginx
  ports:
    - name: web
      port: 80
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: nginx
  replicas: 2
  selector:
    matchLabels:
      app: nginx
  template:
    metadata:
      labels:
        app: nginx
    spec:
      terminationGracePeriodSeconds: 10
      containers:
        - name: nginx
          image: nginx:1.27
`;

const files = { 'web.yaml': WEB };
const SESSION: Session = {
  cluster: { seed: 1, gates: {}, nodes: [], manifest: '', timing: {} },
  files,
  branches: [{ id: 0, name: 'main', acts: [], reachedMs: 0 }],
  at: { branch: 0, atMs: 0 },
  view: { layout: 'identity' },
};

/** What a page's terminal does, without its looks. */
interface Page {
  readonly server: Server;
  atMs: number;
  readonly files: Record<string, string>;
  last: RunAnswer | undefined;
  take(answer: RunAnswer): string;
  run(line: string): string;
  /** Lets time pass as the page does: in small steps, alone only when asked. */
  pass(ms: number, id?: number): string;
  type(input: string | null): string;
  interrupt(): string;
  acts(): readonly string[];
}

function newPage(): Page {
  const server: Server = newServer();
  server.answer('open', { session: SESSION });
  const page: Page = {
    server,
    atMs: 0,
    files: { ...files },
    last: undefined,
    take(answer: RunAnswer): string {
      page.last = answer;
      if (answer.frame) page.atMs = answer.frame.atMs;
      for (const [name, text] of Object.entries(answer.files ?? {}))
        if (text === null) delete page.files[name];
        else page.files[name] = text;
      return textOf(answer.shown);
    },
    run: (line: string): string =>
      page.take(server.answer('run', { line, atMs: page.atMs, files: page.files, history: [] })),
    pass(ms: number, id = page.last?.id ?? 0): string {
      let text = '';
      const endMs = page.atMs + ms;
      while (page.atMs < endMs && page.last?.code === undefined) {
        page.atMs = Math.min(endMs, page.atMs + 100);
        text += page.take(server.answer('runMore', { id, atMs: page.atMs, mayAct: false }));
        if (page.last?.waits === 'turn')
          text += page.take(server.answer('runMore', { id, atMs: page.atMs, mayAct: true, files: page.files }));
      }
      return text;
    },
    type: (input: string | null): string =>
      page.take(
        server.answer('runMore', { id: page.last?.id ?? 0, atMs: page.atMs, input, mayAct: true, files: page.files }),
      ),
    interrupt: (): string =>
      page.take(
        server.answer('runMore', { id: page.last?.id ?? 0, atMs: page.atMs, isInterrupted: true, mayAct: true }),
      ),
    acts: () => server.answer('timeline', {}).acts.map(({ command, atMs }) => `${atMs} ${command}`),
  };
  return page;
}

const textOf = (shown: readonly ShellEffect[]): string =>
  shown
    .map((effect) =>
      effect.type === 'out' || effect.type === 'screen'
        ? effect.text
        : effect.type === 'err'
          ? `!${effect.text}`
          : `<${effect.type}>`,
    )
    .join('');

/** A page on which `web` runs. */
function newRunning(): Page {
  const page = newPage();
  page.run('kubectl apply -f web.yaml');
  page.run('sleep 60');
  return page;
}

describe('acts', () => {
  it('are made of what changes something, with the files that were read', () => {
    const page = newPage();
    expect(page.run('kubectl apply -f web.yaml')).toBe('service/nginx created\nstatefulset.apps/web created\n');
    expect(page.last).toMatchObject({ code: 0, acts: 1 });
    expect(page.acts()).toEqual(['0 kubectl apply -f web.yaml']);
    page.run('sleep 30; k scale sts web --replicas=3 && kubectl get sts web');
    expect(page.atMs).toBe(30_000);
    expect(page.acts()).toEqual(['0 kubectl apply -f web.yaml', '30000 kubectl scale sts web --replicas=3']);
    const { session } = page.server.answer('share', { files: page.files, view: { layout: 'identity' } });
    expect(session.branches[0]?.acts[0]?.act).toEqual({ type: 'kubectl', command: 'apply -f web.yaml', files });
  });
  it('are not made of what only reads, is refused, is tried only, or changes nothing', () => {
    const page = newRunning();
    const before = page.acts();
    expect(page.run('kubectl get pods')).toContain('web-1');
    expect(page.run('kubectl scale sts web --replicas=2')).toBe('statefulset.apps/web scaled\n');
    expect(page.run('kubectl scale sts web --replicas=5 --dry-run=client')).toContain('scaled (dry run)');
    expect(page.run('kubectl scale sts nope --replicas=5; echo $?')).toContain('not found\n1\n');
    expect(page.acts()).toEqual(before);
    expect(page.run('kubectl get sts web -o name; kubectl get pod -o name | wc -l')).toBe('statefulset.apps/web\n2\n');
  });
  it('in the past begin a branch', () => {
    const page = newRunning();
    page.atMs = 20_000;
    page.run('kubectl scale sts web --replicas=1');
    expect(page.last?.newBranch).toBe(1);
    expect(page.last?.frame?.branch).toBe(1);
  });
  it('can take their manifest from the line', () => {
    const page = newPage();
    page.run(`cat <<EOF | kubectl apply -f -\n${WEB}EOF`);
    expect(page.run('kubectl get sts')).toContain('web');
    const { session } = page.server.answer('share', { files: page.files, view: { layout: 'identity' } });
    expect(session.branches[0]?.acts[0]?.act).toEqual({ type: 'kubectl', command: 'apply -f -', files: { '-': WEB } });
  });
  it('see the playhead, which may be later than the last change', () => {
    const page = newRunning();
    page.run('sleep 600');
    expect(page.run("kubectl get sts web --no-headers | awk '{print $NF}'")).toBe('11m\n');
  });
});

describe('files', () => {
  it('are written, read and removed', () => {
    const page = newPage();
    page.run("sed 's/replicas: 2/replicas: 4/' web.yaml > four.yaml; rm web.yaml");
    expect(page.files['four.yaml']).toContain('replicas: 4');
    expect(Object.keys(page.files)).toEqual(['four.yaml']);
    expect(page.run('kubectl apply -f four.yaml; ls')).toContain('four.yaml\n');
    expect(page.run('vi four.yaml')).toBe('<open>');
    page.run('kubectl get sts web -o yaml > out.yaml');
    expect(page.files['out.yaml']).toContain('kind: StatefulSet');
  });
});

describe('what is pasted', () => {
  it('is run command by command', () => {
    const page = newRunning();
    page.run('$ echo a\na\n$ echo b');
    expect(page.last).toMatchObject({ typed: 'echo a', ran: 'echo a', rest: 'echo b' });
    expect(page.last?.shown).toContainEqual({ type: 'note', text: '1 line that is no command was left out.\n' });
    expect(page.run('echo $(\n')).toBe('');
    expect(page.last?.isIncomplete).toBe(true);
  });
  it('may mean what was typed before', () => {
    const page = newRunning();
    const answer = page.server.answer('run', { line: '!! b', atMs: page.atMs, files: {}, history: ['echo a'] });
    expect(answer).toMatchObject({ typed: '!! b', ran: 'echo a b', rest: '' });
    expect(answer.shown.map((effect) => ('text' in effect ? effect.text : ''))).toEqual(['echo a b\n', 'a b\n']);
    expect(page.run('!nope')).toContain('event not found');
    expect(page.last?.code).toBe(1);
  });
});

describe('waiting', () => {
  it('rollout status goes on with the clock until it is content', () => {
    const page = newPage();
    const first = page.run('kubectl apply -f web.yaml; kubectl rollout status sts/web && echo over');
    expect(first).toContain('Waiting for statefulset spec update to be observed...');
    expect(page.last).toMatchObject({ waits: 'time', isEndless: false });
    const rest = page.pass(60_000);
    expect(rest).toContain('Waiting for 1 pods to be ready...');
    expect(rest.endsWith('partitioned roll out complete: 2 new pods have been updated...\nover\n')).toBe(true);
    expect(page.last?.code).toBe(0);
  });
  it('a command behind a wait acts where the playhead is then', () => {
    const page = newPage();
    page.run('kubectl apply -f web.yaml; kubectl wait --for=condition=Ready pod/web-0 --timeout=1s');
    page.run('kubectl rollout status sts/web >/dev/null && kubectl scale sts web --replicas=1');
    page.pass(60_000);
    expect(page.acts()).toHaveLength(2);
    expect(page.acts()[1]).toMatch(/^\d{4,5} kubectl scale sts web --replicas=1$/);
    expect(page.server.answer('timeline', {}).branches).toHaveLength(1);
  });
  it('delete waits until the pod is gone', () => {
    const page = newRunning();
    expect(page.run('kubectl delete pod web-1')).toBe('pod "web-1" deleted from default namespace\n');
    expect(page.last).toMatchObject({ waits: 'time', acts: 1 });
    page.pass(30_000);
    expect(page.last?.code).toBe(0);
  });
  it('drain asks again, and each time that it evicts is an act', () => {
    const page = newRunning();
    page.run(
      'cat <<EOF | kubectl apply -f -\napiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {name: nginx}\nspec: {minAvailable: 2, selector: {matchLabels: {app: nginx}}}\nEOF',
    );
    page.run('sleep 5');
    const node = page.run("kubectl get pod web-0 -o jsonpath='{.spec.nodeName}'");
    const first = page.run(`kubectl drain ${node}`);
    expect(first).toContain('will retry after 5s');
    const acts = page.acts().length;
    expect(page.pass(6_000)).toContain('will retry after 5s');
    expect(page.acts()).toHaveLength(acts);
    const job = page.last?.id;
    page.run('kubectl delete pdb nginx --wait=false');
    page.last = { ...(page.last as RunAnswer), id: job ?? 0 };
    delete (page.last as { code?: number }).code;
    const rest = page.pass(60_000, job);
    expect(rest).toContain(`pod/web-0 evicted\n`);
    expect(rest).toContain(`node/${node} drained\n`);
    expect(page.acts().filter((act) => act.includes('drain')).length).toBe(2);
  });
  it('Ctrl+C ends what waits', () => {
    const page = newPage();
    page.run('kubectl apply -f web.yaml; kubectl rollout status sts/web; echo never');
    expect(page.interrupt()).toBe('');
    expect(page.last?.code).toBe(130);
    expect(page.run('echo $?')).toBe('130\n');
  });
  it('watch shows its screen every two seconds', () => {
    const page = newRunning();
    expect(page.run('watch kubectl get sts web')).toContain('Every 2.0s: kubectl get sts web\n\nNAME');
    expect(page.last).toMatchObject({ waits: 'time', isEndless: true });
    page.server.answer('act', {
      act: { type: 'kubectl', command: 'scale sts web --replicas=3' },
      atMs: page.atMs,
    });
    const text = page.pass(2_100);
    expect(text).toContain('web    2/3');
    page.interrupt();
    expect(page.last?.code).toBe(130);
  });
  it('sleep in a loop goes with the clock', () => {
    const page = newRunning();
    expect(page.run('while true; do kubectl get sts web --no-headers | wc -l; sleep 1; done')).toBe('1\n');
    expect(page.pass(3_050)).toBe('1\n1\n1\n');
    page.interrupt();
  });
  it('a command may read what is typed', () => {
    const page = newPage();
    page.run('cat > a.txt');
    expect(page.last).toMatchObject({ waits: 'line', prompt: '' });
    page.type('one\ntwo');
    page.type(null);
    expect(page.files['a.txt']).toBe('one\ntwo\n');
  });
  it('ends where its moment is not shown any more, and says so', () => {
    const page = newRunning();
    page.run('kubectl get pods -w');
    const { id } = page.last as RunAnswer;
    page.pass(20_000);
    expect(page.last?.code).toBeUndefined();
    const back = page.server.answer('runMore', { id, atMs: page.atMs - 10_000, mayAct: false });
    expect(back).toMatchObject({ code: 130 });
    expect(back.shown).toEqual([
      {
        type: 'note',
        text: 'kubectl get pods -w: ended, because the playhead went back to a moment before what it has printed.\n',
      },
    ]);
  });
  it('goes along with a branch that begins where it has looked to, and ends on any other', () => {
    const page = newRunning();
    const began = page.atMs;
    page.pass(0);
    page.server.answer('seek', { atMs: began + 60_000 });
    page.atMs = began;
    page.run('kubectl get pods -w --no-headers');
    const { id } = page.last as RunAnswer;
    page.server.answer('act', { act: { type: 'kubectl', command: 'delete pod web-1 --wait=false' }, atMs: began });
    const gone = page.server.answer('runMore', { id, atMs: began + 60_000, mayAct: false });
    expect(gone.code).toBeUndefined();
    expect(JSON.stringify(gone.shown)).toContain('Terminating');
    page.server.answer('goToBranch', { branch: 0 });
    const answer = page.server.answer('runMore', { id, atMs: began + 70_000, mayAct: false });
    expect(JSON.stringify(answer.shown)).toContain('another branch is shown now');
  });
});

describe('commands that need a terminal', () => {
  it('edit opens what the cluster holds, and applying it unchanged changes nothing but the record of it', () => {
    const page = newRunning();
    expect(page.run('kubectl edit sts/web')).toBe('<open><note>');
    const text = page.files['statefulset-web.yaml'] ?? '';
    expect(text).toContain('replicas: 2');
    expect(text).not.toMatch(/uid:|resourceVersion:|status:|last-applied/);
    page.files['statefulset-web.yaml'] = text.replace('replicas: 2', 'replicas: 3');
    expect(page.run('kubectl apply -f statefulset-web.yaml')).toBe('statefulset.apps/web configured\n');
    expect(page.run("kubectl get sts web -o jsonpath='{.spec.replicas}'")).toBe('3');
    expect(page.run('kubectl edit sts/nope')).toContain('not found');
  });
  it('a shell in a container carries its folder and variables, and what it writes are acts', () => {
    const page = newRunning();
    const acts = page.acts().length;
    page.run('kubectl exec -it web-0 -- bash');
    expect(page.last).toMatchObject({ waits: 'line', prompt: 'root@web-0:/# ' });
    expect(page.type('cd /tmp')).toBe('');
    expect(page.last?.prompt).toBe('root@web-0:/tmp# ');
    page.type('NAME=x');
    page.type('echo $NAME > file');
    expect(page.acts()).toHaveLength(acts + 1);
    expect(page.type('cat file; pwd')).toBe('x\n/tmp\n');
    expect(page.interrupt()).toBe('');
    expect(page.last?.waits).toBe('line');
    expect(page.type('nope')).toBe('!sh: nope: not found\n');
    expect(page.type(null)).toContain('command terminated with exit code 127');
    expect(page.last?.code).toBe(127);
  });
  it('run -it --rm makes a pod, and takes it away again', () => {
    const page = newRunning();
    page.run('kubectl run tmp -it --rm --image=busybox:1.36 --restart=Never -- nslookup nginx');
    const text = page.pass(60_000);
    expect(text).toContain('Name:\tnginx.default.svc.cluster.local');
    expect(text).toContain('pod "tmp" deleted from default namespace');
    expect(page.last?.code).toBe(0);
  });
  it('KCTL-23 a pod that run -it made is over with its shell', () => {
    const page = newRunning();
    page.run('kubectl run tmp -it --image=busybox:1.36 --restart=Never');
    page.pass(30_000);
    expect(page.last?.prompt).toBe('/ # ');
    page.type('nslookup nowhere');
    expect(page.type('exit')).toContain('!pod default/tmp terminated (Error)\n');
    page.pass(5_000);
    expect(page.run('kubectl get pod tmp --no-headers')).toMatch(/^tmp +0\/1 +Error +0 /);
    page.run('kubectl run more -it --image=busybox:1.36 --restart=Never');
    page.pass(30_000);
    page.type('exit');
    page.pass(5_000);
    expect(page.run('kubectl get pod more --no-headers')).toMatch(/^more +0\/1 +Completed +0 /);
  });
  it('the namespace that is meant can be chosen', () => {
    const page = newRunning();
    page.run('kubectl create ns demo; kubectl config set-context --current --namespace=demo');
    expect(page.run('kubectl get pods')).toBe('!No resources found in demo namespace.\n');
    expect(page.run('kubectl get pods -n default -o name')).toContain('pod/web-0');
    page.run('kubectl apply -f web.yaml');
    expect(page.acts().at(-1)).toMatch(/kubectl apply -f web\.yaml -n demo$/);
  });
  it('logs -f goes on, and ends with the container', () => {
    const page = newRunning();
    expect(page.run('kubectl logs -f web-1 | grep nginx')).toContain('nginx/1.27');
    expect(page.last).toMatchObject({ waits: 'time', isEndless: true });
    const { id } = page.last as RunAnswer;
    page.server.answer('act', { act: { type: 'kubectl', command: 'delete pod web-1 --wait=false' }, atMs: page.atMs });
    page.pass(30_000, id);
    expect(page.last?.code).toBe(0);
  });
  it('addresses that are not here are told', () => {
    expect(newPage().run('kubectl apply -f https://example.com/x.yaml')).toContain('this page has no network');
  });
  it('exit leaves the terminal open', () => {
    expect(newPage().run('exit')).toBe('<note>');
  });
});

it('what exec wrote is there again when a link is opened', () => {
  const page = newRunning();
  page.run(
    "kubectl exec web-0 -- sh -c 'hostname > /tmp/name'; kubectl exec -i web-0 -- sh -c 'cat > /tmp/in' <<< typed",
  );
  const { session, fingerprint } = page.server.answer('share', { files: page.files, view: { layout: 'identity' } });
  const other = newServer();
  expect(other.answer('open', { session, fingerprint }).isFaithful).toBe(true);
  const answer = other.answer('run', {
    line: 'kubectl exec web-0 -- cat /tmp/name /tmp/in',
    atMs: page.atMs,
    files: {},
    history: [],
  });
  expect(textOf(answer.shown)).toBe('web-0\ntyped\n');
});

describe('completion', () => {
  const words = (line: string, page = newRunning()): readonly string[] =>
    page.server.answer('complete', { line, cursor: line.length, files: ['web.yaml'] }).words;
  it('knows commands, verbs, kinds, names, flags and files', () => {
    const page = newRunning();
    expect(words('kube', page)).toEqual(['kubectl']);
    expect(words('kubectl rollo', page)).toEqual(['rollout']);
    expect(words('kubectl rollout st', page)).toEqual(['status']);
    expect(words('kubectl get statef', page)).toEqual(['statefulsets']);
    expect(words('kubectl get pods web-', page)).toEqual(['web-0', 'web-1']);
    expect(words('kubectl scale sts/', page)).toEqual(['web']);
    expect(words('kubectl scale sts web --rep', page)).toEqual(['--replicas=']);
    expect(words('kubectl apply -f w', page)).toEqual(['web.yaml']);
    expect(words('kubectl apply -f https://k8s.io/examples/application/zoo', page)).toEqual([
      'https://k8s.io/examples/application/zookeeper/zookeeper.yaml',
    ]);
    expect(words('kubectl get pods | grep x; cat w', page)).toEqual(['web.yaml']);
    expect(words('kubectl -n kube-s', page)).toEqual(['kube-system']);
    expect(words('kubectl drain node', page).length).toBe(3);
    expect(words('for i in 0; do kubectl del', page)).toEqual(['delete']);
    expect(words('kubectl get pods --namespace=def', page)).toEqual(['default']);
  });
});
