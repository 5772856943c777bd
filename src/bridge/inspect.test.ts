import { describe, expect, it } from 'vitest';
import type { NodeFacts } from '#scene';
import { newServer, type Server } from './server.ts';
import { MINUTE, SECOND, WEB } from './testing/story.ts';

const files = { 'web.yaml': WEB };
const nodes = ['a', 'b', 'c'].map((letter) => ({ name: `node-${letter}`, zone: `zone-${letter}` }));

/** Three pods on three nodes, of which one is powered off after a minute. */
function newStory(): { server: Server; nodeAt: (atMs: number) => NodeFacts } {
  const server = newServer();
  const acts = [
    { atMs: 0, act: { type: 'kubectl', command: 'apply -f web.yaml', files } },
    { atMs: MINUTE, act: { type: 'fault', fault: 'node-down', target: 'Node//node-c' } },
  ] as const;
  const session = {
    cluster: { seed: 1, gates: {}, nodes, manifest: '', timing: {} },
    files,
    branches: [{ id: 0, name: 'main', acts, reachedMs: MINUTE }],
    at: { branch: 0, atMs: 0 },
    view: { layout: 'identity' as const },
  };
  let shown = server.answer('open', { session }).frame.set.find(({ id }) => id === 'Node//node-c') as NodeFacts;
  return {
    server,
    nodeAt: (atMs) => {
      const frame = server.answer('seek', { atMs });
      shown = (frame.set.find(({ id }) => id === 'Node//node-c') as NodeFacts | undefined) ?? shown;
      return shown;
    },
  };
}

describe('the facts of a silent node', () => {
  it('tell since when it is silent before anybody has noticed, and keep to that afterwards', () => {
    const { nodeAt } = newStory();
    expect(nodeAt(MINUTE - SECOND)).not.toHaveProperty('silentSinceMs');
    expect(nodeAt(MINUTE + SECOND)).toMatchObject({ isSilent: true, isReady: true, silentSinceMs: MINUTE });
    expect(nodeAt(3 * MINUTE)).toMatchObject({ isReady: false, silentSinceMs: MINUTE });
  });

  it('tell when its pods are deleted, and no more once they are', () => {
    const { nodeAt } = newStory();
    expect(nodeAt(MINUTE + 10 * SECOND)).not.toHaveProperty('evictsMs');
    const { evictsMs = 0 } = nodeAt(3 * MINUTE);
    expect(evictsMs).toBeGreaterThan(6 * MINUTE);
    expect(nodeAt(evictsMs - SECOND).evictsMs).toBe(evictsMs);
    expect(nodeAt(evictsMs + SECOND)).not.toHaveProperty('evictsMs');
    expect(nodeAt(3 * MINUTE).evictsMs).toBe(evictsMs);
  });
});

describe('the inspection of an object', () => {
  it('names the tick that changed it last, and whose turn that was', () => {
    const { server } = newStory();
    server.answer('seek', { atMs: MINUTE - SECOND });
    const inspection = server.answer('inspect', { id: 'StatefulSet/default/web' });
    expect(inspection?.changedBy).toMatchObject({ actor: 'statefulset-controller' });
    expect(inspection?.changedBy?.atMs).toBeLessThan(MINUTE);
    server.answer('act', { atMs: MINUTE - SECOND, act: { type: 'kubectl', command: 'scale sts/web --replicas=4' } });
    const after = server.answer('inspect', { id: 'StatefulSet/default/web' });
    expect(after?.changedBy?.tick).toBeGreaterThan(inspection?.changedBy?.tick ?? 0);
  });

  it('calls what changed in a list by the name of its entry', () => {
    const { server } = newStory();
    server.answer('seek', { atMs: 2 * MINUTE });
    const { changed = [] } = server.answer('inspect', { id: 'Pod/default/web-2' }) ?? {};
    expect(changed).toContainEqual({
      mark: '~',
      path: 'status.conditions[Ready].status',
      before: 'True',
      after: 'False',
    });
    expect(changed.map(({ path }) => path)).not.toContain('metadata.resourceVersion');
  });

  it('tells what each container of a pod is doing', () => {
    const { server } = newStory();
    server.answer('seek', { atMs: 500 });
    const early = server.answer('inspect', { id: 'Pod/default/web-0' });
    expect(early?.containers).toMatchObject([{ name: 'nginx', state: 'Waiting', isReady: false, restarts: 0 }]);
    server.answer('seek', { atMs: MINUTE - SECOND });
    const late = server.answer('inspect', { id: 'Pod/default/web-0' });
    expect(late?.containers).toMatchObject([{ name: 'nginx', image: 'nginx:1.27', state: 'Running', isReady: true }]);
    expect(late?.containers[0]?.sinceMs).toBeGreaterThan(0);
    expect(server.answer('inspect', { id: 'StatefulSet/default/web' })?.containers).toEqual([]);
  });
});
