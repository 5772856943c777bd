// The terminal's lines against the real simulation: what is shown, in which order, and what waits for what.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLocalClient } from '#bridge/testing';
import { must } from '#lib';
import { clock } from './clock.ts';
import { kubectl } from './command.ts';
import { connect } from './connection.ts';
import { editor } from './editor.ts';
import { history } from './history.ts';
import { link, makeLink, openDefault, openSession } from './session.ts';
import { complete, endInput, focusTerminal, interrupt, submit } from './terminal.ts';
import { clearTerminal, terminal } from './terminal-lines.ts';
import { pause, play, seek, setPictures } from './transport.ts';
import { view } from './view.ts';

const shown = (): string[] =>
  terminal
    .getState()
    .lines.map(({ kind, text, prompt }) => `${kind === 'prompt' ? (prompt ?? '$ ') : `${kind}: `}${text}`);

/** What stands behind the last prompt. */
const printed = (): string[] => {
  const { lines } = terminal.getState();
  return lines.slice(lines.findLastIndex(({ kind }) => kind === 'prompt') + 1).map(({ text }) => text);
};

beforeEach(async () => {
  connect({
    createClient: createLocalClient,
    newWorker: () => {
      throw new Error('no workers here');
    },
  });
  setPictures(() => undefined);
  await openDefault();
  pause();
  await seek(60_000);
  terminal.setState({ lines: [], typed: [], front: undefined, watching: [], unfinished: { text: '', count: 0 } });
});

afterEach(async () => {
  while (terminal.getState().front || terminal.getState().watching.length > 0) await interrupt();
  pause();
});

describe('lines', () => {
  it('show the moment, the command and what it prints', async () => {
    await submit('kubectl get sts web --no-headers; echo over');
    expect(terminal.getState().lines[0]).toMatchObject({ kind: 'prompt', atMs: 60_000 });
    expect(printed()).toEqual([expect.stringMatching(/^web +3\/3 +60s$/), 'over']);
    await submit('kubectl get nope');
    expect(shown().at(-1)).toBe('err: error: the server doesn\'t have a resource type "nope"');
  });
  it('go on where one was left open', async () => {
    await submit('echo -n a; echo -n b; echo c; echo d');
    expect(printed()).toEqual(['abc', 'd']);
  });
  it('are kept for the arrows, and want the rest where they are not whole', async () => {
    expect(await submit('for i in 1; do')).toBe(false);
    expect(terminal.getState().typed).toEqual([]);
    expect(await submit('for i in 1; do\necho $i; done')).toBe(true);
    expect(shown()).toEqual(['$ for i in 1; do', '> echo $i; done', 'out: 1']);
    await submit('');
    await submit('ls');
    await submit('ls');
    expect(terminal.getState().typed).toEqual(['for i in 1; do\necho $i; done', 'ls']);
  });
  it('are 5,000 at most', async () => {
    await submit('seq 7000');
    expect(terminal.getState()).toMatchObject({ hasLost: true, lines: { length: 5_000 } });
    expect(terminal.getState().lines.at(-1)?.text).toBe('7000');
    await submit('clear');
    expect(terminal.getState().lines).toEqual([]);
  });
  it('show what would be obeyed', async () => {
    await submit(String.raw`printf '\033]0;title\007\n'`);
    expect(printed()).toEqual(['␛]0;title␇']);
  });
  it('tell of acts done elsewhere', async () => {
    await kubectl('scale sts web --replicas=4');
    pause();
    expect(shown()).toEqual(['act: kubectl scale sts web --replicas=4', 'act: statefulset.apps/web scaled']);
  });
});

describe('what was pasted', () => {
  it('is run command by command, and what is not whole comes back to the line', async () => {
    await submit('echo a\nkubectl get pods -w --no-headers\necho c\nfor i in 1; do');
    await vi.waitFor(() => expect(terminal.getState().unfinished.text).toBe('for i in 1; do\n'));
    // A command that watches leaves the prompt free for the next one.
    expect(shown().filter((line) => !/^(?:out: web|note)/.test(line))).toEqual([
      '$ echo a',
      'out: a',
      '$ kubectl get pods -w --no-headers',
      '$ echo c',
      'out: c',
    ]);
    expect(terminal.getState().typed).toEqual(['echo a', 'kubectl get pods -w --no-headers', 'echo c']);
    await submit('!! d');
    expect(shown().slice(-3)).toEqual(['$ !! d', 'out: echo c d', 'out: c d']);
    expect(terminal.getState().typed.at(-1)).toBe('echo c d');
  });
});

it('the namespace that is meant stands before the line', async () => {
  await submit('kubectl config set-context --current --namespace=shop');
  await submit('ls');
  expect(terminal.getState().lines.map(({ kind, namespace }) => kind === 'prompt' && namespace)).toContain('shop');
  await openDefault();
  expect(terminal.getState().namespace).toBe('default');
});

describe('what is shown when a session is opened', () => {
  const storage = new Map<string, string>();
  beforeEach(() => {
    storage.clear();
    vi.stubGlobal('sessionStorage', {
      getItem: (name: string) => storage.get(name) ?? null,
      setItem: (name: string, text: string) => void storage.set(name, text),
    });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('is what its acts have printed up to its moment, where nothing was kept', async () => {
    vi.stubGlobal('sessionStorage', undefined);
    await submit('kubectl scale sts web --replicas=2');
    pause();
    await makeLink();
    const { session: made } = link.getState();
    await openSession({ ...must(made, 'a session'), at: { branch: 0, atMs: 60_000 } });
    expect(shown()).toEqual([
      'act: kubectl apply -f web.yaml',
      'act: service/nginx created',
      'act: statefulset.apps/web created',
      'act: kubectl scale sts web --replicas=2',
      'act: statefulset.apps/web scaled',
    ]);
    await openSession({ ...must(made, 'a session'), at: { branch: 0, atMs: 10_000 } });
    expect(shown()).toHaveLength(3);
  });
  it('is what was shown before, where the same session is opened in the same tab', async () => {
    await makeLink();
    await submit('echo read');
    const { session: made } = link.getState();
    await openSession(must(made, 'a session'));
    expect(shown()).toEqual(['$ echo read', 'out: read']);
    expect(terminal.getState().typed).toEqual(['echo read']);
    // An act that the address has not would be gone after a reload, and what it printed with it.
    await submit('kubectl scale sts web --replicas=2');
    pause();
    await vi.waitFor(() => expect(history.getState().acts).toHaveLength(2));
    await openSession(must(made, 'a session'));
    expect(shown()[0]).toBe('act: kubectl apply -f web.yaml');
    storage.set('ordinal.terminal', '{"acts":1}');
    await openSession(must(made, 'a session'));
    storage.set('ordinal.terminal', '{"acts":"","lines":[{}],"typed":[]}');
    await openSession(must(made, 'a session'));
    storage.set('ordinal.terminal', 'not JSON');
    await openSession(must(made, 'a session'));
    expect(terminal.getState().typed).toEqual(['echo read', 'kubectl scale sts web --replicas=2']);
  });
});

describe('acts', () => {
  it('let time run, and in the past begin a branch', async () => {
    await submit('kubectl scale sts web --replicas=2');
    expect(clock.getState().isPlaying).toBe(true);
    pause();
    await seek(10_000);
    await submit('kubectl scale sts web --replicas=1');
    pause();
    expect(printed()).toEqual([
      'statefulset.apps/web scaled',
      'A new branch begins here. What had happened is kept as main.',
    ]);
    await vi.waitFor(() => expect(history.getState().branches).toHaveLength(2));
  });
  it('write the files of the editor', async () => {
    await submit("sed 's/replicas: 3/replicas: 5/' web.yaml > five.yaml; vi five.yaml");
    await Promise.resolve();
    expect(editor.getState().files['five.yaml']).toContain('replicas: 5');
    expect(editor.getState().fileName).toBe('five.yaml');
    await submit('rm five.yaml');
    expect(Object.keys(editor.getState().files)).toEqual(['web.yaml']);
    expect(editor.getState().fileName).toBe('web.yaml');
  });
});

describe('commands that wait', () => {
  it('hold the prompt, go on as the playhead does, and let go of it', async () => {
    await submit('kubectl delete pod web-2');
    expect(terminal.getState().front).toMatchObject({ waits: 'time' });
    await submit('echo next');
    expect(shown()).not.toContain('out: next');
    pause();
    await seek(100_000);
    await vi.waitFor(() => expect(shown()).toContain('out: next'), 3_000);
    expect(terminal.getState().front).toBeUndefined();
  });
  it('leave the prompt free while they watch, until Ctrl+C', async () => {
    await submit('kubectl get pods -w --no-headers');
    expect(terminal.getState()).toMatchObject({
      front: undefined,
      watching: [{ line: 'kubectl get pods -w --no-headers' }],
    });
    expect(printed().at(-1)).toContain('Time stands still');
    await submit('kubectl delete pod web-2 --wait=false');
    pause();
    await seek(90_000);
    await vi.waitFor(() => expect(shown().some((line) => /^out: web-2 .*Pending/.test(line))).toBe(true), 3_000);
    await interrupt('half a line');
    expect(terminal.getState().watching).toHaveLength(1);
    await interrupt();
    expect(terminal.getState().watching).toEqual([]);
  });
  it('show one screen in the place of the other', async () => {
    await submit('watch -t kubectl get sts web --no-headers');
    await submit('kubectl scale sts web --replicas=5');
    pause();
    await seek(63_000);
    await vi.waitFor(
      () =>
        expect(
          shown()
            .filter((line) => line.startsWith('screen: '))
            .join(),
        ).toContain('/5'),
      3_000,
    );
    expect(shown().filter((line) => line.startsWith('screen: '))).toHaveLength(1);
  });
  it('read lines until their end', async () => {
    await submit('cat > a.txt');
    expect(terminal.getState().front).toMatchObject({ waits: 'line', prompt: '' });
    await submit('one\ntwo');
    expect(await endInput()).toBe(true);
    expect(editor.getState().files['a.txt']).toBe('one\ntwo\n');
    expect(await endInput()).toBe(false);
  });
  it('want a clock that runs', async () => {
    await submit('kubectl wait --for=delete pod/web-0 --timeout=5s');
    expect(clock.getState().isPlaying).toBe(true);
    play();
  });
});

it('words for Tab come from the cluster and the files', async () => {
  expect(await complete('kubectl get pod web-', 20)).toMatchObject({
    from: 16,
    to: 20,
    words: ['web-0', 'web-1', 'web-2'],
  });
  expect((await complete('cat we', 6))?.words).toEqual(['web.yaml']);
});

it('the terminal is opened, and asked to take the focus', () => {
  const before = terminal.getState().focusAsked;
  focusTerminal();
  expect(view.getState().bottomTab).toBe('terminal');
  expect(terminal.getState().focusAsked).toBe(before + 1);
  clearTerminal();
});
