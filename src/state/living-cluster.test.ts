// Opening a living cluster on the page.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createLocalClient } from '#bridge/testing';
import { actNow, newSimulation, runUntil } from '#engine';
import { runKubectl } from '#kubectl';
import { connect } from './connection.ts';
import { editor, getText } from './editor.ts';
import { EXAMPLES } from './examples.ts';
import { getFacts } from './facts.ts';
import { isLivingCluster, livingCluster, openAnyText, openLivingCluster } from './living-cluster.ts';

import { makeLink, openLink, session } from './session.ts';
import { pause, seek, setPictures } from './transport.ts';
import { view } from './view.ts';

/** What kubectl prints of a cluster in which the first example has run for a while. */
function living(): string {
  const cluster = newSimulation({ epochMs: Date.parse('2025-06-01T12:00:00Z') });
  const run = (command: string): string => {
    let text = '';
    actNow(cluster, 'user', command, (turn) => {
      const { out, outcome } = runKubectl(turn, command, { 'web.yaml': EXAMPLES[0].text });
      text = out;
      return outcome;
    });
    return text;
  };
  run('apply -f web.yaml');
  runUntil(cluster, 600_000);
  return run('get sts,pod,pvc,pv,svc,node,controllerrevision,pdb -o yaml');
}

const text = living();
const setFacts = () => {
  const facts = getFacts('StatefulSet/default/web');
  return facts?.type === 'set' ? facts : undefined;
};

beforeEach(() => {
  connect({
    createClient: createLocalClient,
    newWorker: () => {
      throw new Error('no workers here');
    },
  });
  setPictures(() => undefined);
});

afterEach(() => pause());

it('opens a pasted cluster as it is, with its manifests in the editor', async () => {
  expect(await isLivingCluster(text)).toBe(true);
  await openAnyText('cluster.yaml', text);
  expect(session.getState().status).toBe('open');
  expect(setFacts()).toMatchObject({ replicas: 3, ready: 3 });
  expect(getText()).toContain('kind: StatefulSet');
  expect(livingCluster.getState().pasted?.counts).toMatchObject({ Pod: 3, StatefulSet: 1 });
  expect(view.getState().dialog).toBe('living');
  await seek(600_000);
  expect(setFacts()).toMatchObject({ ready: 3 });
});

it('keeps a pasted cluster in the link', async () => {
  await openLivingCluster(text);
  await seek(1000);
  const hash = (await makeLink()) ?? '';
  connect({
    createClient: createLocalClient,
    newWorker: () => {
      throw new Error('no workers here');
    },
  });
  await openLink(hash);
  expect(session.getState()).toMatchObject({ status: 'open', isFaithful: true });
  expect(setFacts()).toMatchObject({ ready: 3 });
});

it('says why a text cannot be opened as a cluster, and keeps the session', async () => {
  await openLivingCluster(text);
  const before = editor.getState().files;
  const problem = await openLivingCluster(EXAMPLES[0].text);
  expect(problem).toMatchObject({ from: { line: 1 }, message: expect.stringContaining('this is a manifest') });
  expect(editor.getState().files).toBe(before);
});

it('takes a manifest for a manifest', async () => {
  await openLivingCluster(text);
  await openAnyText('mine.yaml', EXAMPLES[0].text);
  expect(editor.getState().fileName).toBe('mine.yaml');
});
