// A frozen store and whatever is thawed from it stay as they are, whoever else goes on writing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KubeObject, keyOf, type Pod } from '#kube';
import { freezeStore, thawStore } from './frozen-store.ts';
import { keyOfObject, newStore, putInStore, type Store, viewOf } from './store.ts';

const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];

/** A write: where to, and what of the object its indexes look at; nothing takes the object away. */
interface Write {
  readonly kind: 'Pod' | 'Event' | 'Node';
  readonly name: string;
  readonly place: number | undefined;
}

const writes: fc.Arbitrary<readonly Write[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('Pod', 'Event', 'Node'),
    name: fc.constantFrom(...NAMES),
    place: fc.option(fc.nat(2), { nil: undefined }),
  }),
  { maxLength: 25 },
);

function objectOf({ kind, name, place }: Write): KubeObject {
  const namespace = kind === 'Node' ? {} : { namespace: name < 'd' ? 'default' : 'other' };
  const metadata = { name, ...namespace, uid: `${kind}-${name}`, resourceVersion: '1', creationTimestamp: '' };
  if (kind === 'Event')
    return { apiVersion: 'v1', kind, metadata, involvedObject: { uid: `uid-${place}` } } as unknown as KubeObject;
  if (kind === 'Node') return { apiVersion: 'v1', kind, metadata } as unknown as KubeObject;
  const pod: Pod = {
    apiVersion: 'v1',
    kind,
    metadata: { ...metadata, labels: { app: `app-${place}` } },
    spec: { containers: [], nodeName: `node-${place}` },
    status: { phase: 'Pending' },
  };
  return pod;
}

function write(store: Store, list: readonly Write[]): void {
  for (const one of list) {
    const object = objectOf(one);
    const key = keyOf(one.kind, object.metadata.namespace, one.name);
    expect(keyOfObject(object)).toBe(key);
    putInStore(store, key, one.place === undefined ? undefined : object);
  }
}

/** Everything that a store says, lists in their order. */
function contentOf(store: Store): unknown {
  const view = viewOf(store);
  return {
    objects: [...store.objects],
    indexes: [...store.indexes].map(([name, members]) => [name, [...members].sort()]).sort(),
    order: [...store.objects.keys()].sort((a, b) => (store.births.get(a) as number) - (store.births.get(b) as number)),
    lists: [view.list('Pod'), view.list('Event', 'default'), view.list('Event', 'other'), view.list('Node')],
    labels: [0, 1, 2].map((place) => view.podsWithLabel('default', 'app', `app-${place}`)),
    events: [0, 1, 2].map((place) => view.eventsAbout(`uid-${place}`)),
  };
}

describe('a frozen store', () => {
  it('is the store that it was taken from, whatever either of them writes next', () => {
    fc.assert(
      fc.property(writes, writes, writes, writes, (first, second, onOne, onOther) => {
        const store = newStore();
        write(store, first);
        const [early, atEarly] = [freezeStore(store), contentOf(store)];
        write(store, second);
        const [late, atLate] = [freezeStore(store), contentOf(store)];
        const [one, other] = [thawStore(early), thawStore(early)];
        expect(contentOf(one)).toEqual(atEarly);
        expect(contentOf(thawStore(late))).toEqual(atLate);
        // Every one of them writes; none sees what another one wrote.
        write(one, onOne);
        write(store, onOne);
        const afterOne = contentOf(one);
        write(other, onOther);
        expect(contentOf(one)).toEqual(afterOne);
        expect(contentOf(thawStore(early))).toEqual(atEarly);
        expect(contentOf(thawStore(late))).toEqual(atLate);
        const plain = newStore();
        write(plain, [...first, ...onOther]);
        expect(contentOf(other)).toEqual(contentOf(plain));
      }),
    );
  });
});
