// The shapes of all sets: what decides where things stand. Facts change with every tick, shapes only when slots come or go.
import { useMemo, useSyncExternalStore } from 'react';
import type { SetFacts } from '#scene';
import { asFacts, type FactsStore } from '#state';
import { useFactsStore } from './graph-side.ts';
import type { SetShape } from './line.ts';

/**
 * Reads the shapes out of a store, keeping those that are the same as before, and the list with them.
 *
 * @param store - the facts
 * @returns a function to call again and again
 */
export function newShapeReader(store: Pick<FactsStore, 'getIds' | 'getFacts'>): () => readonly SetShape[] {
  let last: readonly SetShape[] = [];
  return () => {
    const sets = store.getIds('set').flatMap((id) => asFacts('set', store.getFacts(id)) ?? []);
    const shapes = sets.map((set, i) => {
      const before = last[i]?.id === set.id ? last[i] : last.find(({ id }) => id === set.id);
      const shape = shapeOf(set);
      return before && isSameShape(before, shape) ? before : shape;
    });
    const isSame = shapes.length === last.length && shapes.every((shape, i) => shape === last[i]);
    if (!isSame) last = shapes;
    return last;
  };
}

function shapeOf(set: SetFacts): SetShape {
  return {
    id: set.id,
    namespace: set.namespace,
    name: set.name,
    ordinals: set.ordinals,
    start: set.start,
    replicas: set.replicas,
    serviceName: set.serviceName,
    ...(set.serviceId === undefined ? {} : { serviceId: set.serviceId }),
    claimRows: set.claimTemplates.length,
  };
}

function isSameShape(a: SetShape, b: SetShape): boolean {
  return (
    a.start === b.start &&
    a.replicas === b.replicas &&
    a.serviceName === b.serviceName &&
    a.serviceId === b.serviceId &&
    a.claimRows === b.claimRows &&
    a.ordinals.length === b.ordinals.length &&
    a.ordinals.every((ordinal, i) => ordinal === b.ordinals[i])
  );
}

function subscribeShapes(facts: FactsStore, listener: () => void): () => void {
  const leaveIds = facts.subscribeIds('set', listener);
  const leaveAll = facts.subscribeAll((changed) => {
    if (facts.getIds('set').some((id) => changed.has(id))) listener();
  });
  return () => {
    leaveIds();
    leaveAll();
  };
}

/**
 * The shapes of the sets at the moment shown; the same array until one of them changes.
 */
export function useSetShapes(): readonly SetShape[] {
  const facts = useFactsStore();
  const [subscribe, read] = useMemo(
    () => [(listener: () => void) => subscribeShapes(facts, listener), newShapeReader(facts)] as const,
    [facts],
  );
  return useSyncExternalStore(subscribe, read);
}

/**
 * The fact id of a slot.
 *
 * @param shape - its set
 * @param ordinal - its ordinal
 */
export function slotId(shape: Pick<SetShape, 'namespace' | 'name'>, ordinal: number): string {
  return `Slot/${shape.namespace}/${shape.name}/${ordinal}`;
}
