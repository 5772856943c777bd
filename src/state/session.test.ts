import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLocalClient } from '#bridge/testing';
import { clock } from './clock.ts';
import { kubectl } from './command.ts';
import { connect, engine } from './connection.ts';
import { apply, editor, getText, setText } from './editor.ts';
import { getFacts } from './facts.ts';
import { history } from './history.ts';
import { moment } from './moment.ts';
import {
  type Address,
  link,
  makeLink,
  newDefaultSession,
  openDefault,
  openFileText,
  openLink,
  openSession,
  restart,
  session,
  sessionFileText,
  startAddress,
} from './session.ts';
import { pause, seek, setPictures } from './transport.ts';

const SET = 'StatefulSet/default/web';
const ready = () => {
  const set = getFacts(SET);
  return set?.type === 'set' ? set.ready : undefined;
};

beforeEach(async () => {
  connect({
    createClient: createLocalClient,
    newWorker: () => {
      throw new Error('no workers here');
    },
  });
  // No pictures: time moves only where a test says so.
  setPictures(() => undefined);
  await openDefault();
  pause();
});

afterEach(() => {
  pause();
  vi.useRealTimers();
});

describe('the session of a first visit', () => {
  it('runs an example in which three pods become ready one after another', async () => {
    expect(session.getState().status).toBe('open');
    await seek(60_000);
    expect(ready()).toBe(3);
  });

  it('knows that the text in the editor is the one that was applied', () => {
    expect(editor.getState().applied['web.yaml']).toBe(getText());
  });
});

describe('applying', () => {
  it('changes the cluster and what counts as applied', async () => {
    await seek(60_000);
    setText(getText().replace('replicas: 3', 'replicas: 2'));
    expect(await apply()).toBe(true);
    await seek(120_000);
    expect(ready()).toBe(2);
    expect(editor.getState().applied['web.yaml']).toBe(getText());
  });

  it('keeps text and cluster when it is refused, and tells the line', async () => {
    await seek(60_000);
    const text = getText().replace('storage: 1Gi', 'storage: 2Gi');
    setText(text);
    expect(await apply()).toBe(false);
    expect(getText()).toBe(text);
    expect(ready()).toBe(3);
    const { problems, isRefused, applied } = editor.getState();
    expect(isRefused).toBe(true);
    expect(problems[0]?.from.line).toBe(text.split('\n').findIndex((line) => line.includes('2Gi')) + 1);
    expect(applied['web.yaml']).not.toBe(text);
  });
});

describe('a link', () => {
  it('brings the same moment back, editor and all', async () => {
    await seek(30_000);
    await kubectl('scale sts/web --replicas=5');
    pause();
    await seek(45_000);
    setText(`${getText()}# a note\n`);
    const hash = await makeLink();
    const before = moment.getState();
    await openDefault();
    pause();
    await openLink(hash ?? '');
    expect(session.getState()).toMatchObject({ status: 'open', isFaithful: true });
    expect(moment.getState()).toEqual(before);
    expect(getText()).toContain('# a note');
    expect(editor.getState().applied['web.yaml']).not.toContain('# a note');
    expect(await makeLink()).toBe(hash);
  });

  it('keeps branches, and the way back to them', async () => {
    await seek(60_000);
    await seek(5_000);
    await kubectl('scale sts/web --replicas=1');
    pause();
    const hash = await makeLink();
    await openLink(hash ?? '');
    expect(history.getState().branches.map(({ name }) => name)).toEqual(['main', 'branch A']);
    expect(history.getState().branch).toBe(1);
  });

  it('that is damaged is told, and nothing that is open is lost', async () => {
    const text = getText();
    await openLink('#v1:dnonsense');
    expect(session.getState()).toMatchObject({ status: 'problem', problem: { kind: 'damaged' } });
    expect(getText()).toBe(text);
  });

  it('whose fingerprint is another says so and plays all the same', async () => {
    await seek(30_000);
    const text = await fileAt();
    await openFileText('x.json', text.replace(/"fingerprint": "[0-9a-f]{16}"/, '"fingerprint": "0000000000000000"'));
    expect(session.getState()).toMatchObject({ status: 'open', isFaithful: false });
  });
});

const fileAt = async (): Promise<string> => {
  await makeLink();
  return (await sessionFileText()) ?? '';
};

describe('a file', () => {
  it('with a session opens it', async () => {
    await seek(30_000);
    const before = moment.getState();
    const text = await fileAt();
    await openDefault();
    pause();
    await openFileText('session.ordinal.json', text);
    expect(moment.getState()).toEqual(before);
  });

  it('with a manifest that comes before the session is open is not lost to it', async () => {
    const opening = openDefault();
    const dropped = openFileText('early.yaml', 'kind: Service\n');
    await Promise.all([opening, dropped]);
    pause();
    expect(editor.getState().files['early.yaml']).toBe('kind: Service\n');
  });

  it('with a manifest goes to the editor, unapplied, beside what was there', async () => {
    const before = editor.getState().files;
    await openFileText('my other set.yaml', 'kind: Service\n');
    expect(editor.getState().files).toEqual({ ...before, 'my-other-set.yaml': 'kind: Service\n' });
    expect(editor.getState().fileName).toBe('my-other-set.yaml');
    expect(editor.getState().applied['my-other-set.yaml']).toBeUndefined();
  });
});

describe('the address bar', () => {
  it('stands for what is on screen soon after it changed, and is not opened again by that', async () => {
    vi.useFakeTimers();
    let hash = '';
    const changes: (() => void)[] = [];
    const written: string[] = [];
    const kept: string[] = [];
    const address: Address = {
      getHash: () => hash,
      setHash: (next) => {
        hash = next;
        written.push(next);
      },
      keep: () => {
        kept.push(hash);
      },
      onChange: (listener) => {
        changes.push(listener);
        return () => undefined;
      },
    };
    const leave = startAddress(address);
    await vi.advanceTimersByTimeAsync(50);
    pause();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(written.at(-1)).toBe(link.getState().hash);
    const first = hash;
    await seek(20_000);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(hash).not.toBe(first);
    const opened = clock.getState().atMs;
    for (const listener of changes) listener();
    await vi.advanceTimersByTimeAsync(50);
    expect(clock.getState().atMs).toBe(opened);
    hash = first;
    for (const listener of changes) listener();
    await vi.advanceTimersByTimeAsync(50);
    expect(clock.getState().atMs).not.toBe(opened);
    expect(kept).toEqual([]);
    leave();
  });

  it('keeps what was open one step back when another session takes its place', async () => {
    vi.useFakeTimers();
    let hash = '';
    const kept: string[] = [];
    const leave = startAddress({
      getHash: () => hash,
      setHash: (next) => {
        hash = next;
      },
      keep: () => {
        kept.push(hash);
      },
      onChange: () => () => undefined,
    });
    await vi.advanceTimersByTimeAsync(50);
    pause();
    await seek(20_000);
    await openSession(newDefaultSession());
    expect(kept).toHaveLength(1);
    await openLink(kept[0] ?? '');
    expect(clock.getState().atMs).toBe(20_000);
    leave();
  });
});

describe('a simulation that stopped', () => {
  it('starts again where the last link was made, with the text as it stands', async () => {
    await seek(30_000);
    await makeLink();
    setText('kind: Pod\n');
    engine.setState({ stoppedBy: 'an invariant is broken' });
    await restart();
    expect(engine.getState().stoppedBy).toBeUndefined();
    expect(clock.getState().atMs).toBe(30_000);
    expect(getText()).toBe('kind: Pod\n');
  });
});
