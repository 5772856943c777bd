import { describe, expect, it, vi } from 'vitest';
import type { Facts, OtherFacts } from '#scene';
import { asFacts, newFactsStore } from './facts.ts';

const other = (id: string, name = id): OtherFacts => ({
  type: 'other',
  id,
  kind: 'ConfigMap',
  name,
  namespace: 'default',
  isSimulated: false,
});
const frame = (set: Facts[], gone: string[] = [], isWhole = false) => ({ isWhole, set, gone });

/** A store whose pictures come when the test says so. */
function newStore() {
  const waiting: (() => void)[] = [];
  const store = newFactsStore((flush) => waiting.push(flush));
  return { store, waiting, draw: () => waiting.splice(0).forEach((flush) => void flush()) };
}

describe('facts store', () => {
  it('has facts at once, and tells their listeners once for each picture', () => {
    const { store, waiting, draw } = newStore();
    const listener = vi.fn();
    store.subscribe('a', listener);
    store.applyFrame(frame([other('a', 'one')]));
    store.applyFrame(frame([other('a', 'two')]));
    expect(store.getFacts('a')).toMatchObject({ name: 'two' });
    expect(listener).not.toHaveBeenCalled();
    expect(waiting).toHaveLength(1);
    draw();
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('tells only the listeners of what changed', () => {
    const { store, draw } = newStore();
    const [a, b] = [vi.fn(), vi.fn()];
    store.applyFrame(frame([other('a'), other('b')]));
    draw();
    store.subscribe('a', a);
    store.subscribe('b', b);
    store.applyFrame(frame([other('b', 'new')]));
    draw();
    expect([a.mock.calls.length, b.mock.calls.length]).toEqual([0, 1]);
  });

  it('does not wait for a picture when a frame changes nothing', () => {
    const { store, waiting, draw } = newStore();
    store.applyFrame(frame([other('a')]));
    draw();
    const before = store.getFacts('a');
    store.applyFrame(frame([other('a')], [], true));
    expect(waiting).toHaveLength(0);
    expect(store.getFacts('a')).toBe(before);
  });

  it('drops what a whole frame does not name, and what a frame says is gone', () => {
    const { store, draw } = newStore();
    const listener = vi.fn();
    store.applyFrame(frame([other('a'), other('b'), other('c')]));
    draw();
    store.subscribe('a', listener);
    store.applyFrame(frame([other('b'), other('c')], [], true));
    store.applyFrame(frame([], ['c']));
    draw();
    expect(store.getIds('other')).toEqual(['b']);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('lists ids in natural order and keeps the array while none comes or goes', () => {
    const { store, draw } = newStore();
    const listener = vi.fn();
    store.subscribeIds('other', listener);
    store.applyFrame(frame([other('web-10'), other('web-2'), other('web-1')]));
    draw();
    const ids = store.getIds('other');
    expect(ids).toEqual(['web-1', 'web-2', 'web-10']);
    store.applyFrame(frame([other('web-2', 'renamed')]));
    draw();
    expect(store.getIds('other')).toBe(ids);
    expect(listener).toHaveBeenCalledTimes(1);
  });

  it('names all changes of a picture to those who draw many', () => {
    const { store, draw } = newStore();
    const seen: string[][] = [];
    store.subscribeAll((ids) => seen.push([...ids].sort()));
    store.applyFrame(frame([other('a')]));
    store.applyFrame(frame([other('b')], ['a']));
    draw();
    expect(seen).toEqual([['a', 'b']]);
  });

  it('forgets a listener that has left, even while others are told', () => {
    const { store, draw } = newStore();
    const second = vi.fn();
    const leave = store.subscribe('a', () => leave());
    store.subscribe('a', second);
    store.applyFrame(frame([other('a')]));
    draw();
    store.applyFrame(frame([other('a', 'again')]));
    draw();
    expect(second).toHaveBeenCalledTimes(2);
  });

  it('gives facts of the kind asked for, or none', () => {
    expect(asFacts('pod', other('a'))).toBeUndefined();
    expect(asFacts('other', other('a'))?.kind).toBe('ConfigMap');
    expect(asFacts('set', undefined)).toBeUndefined();
  });
});
