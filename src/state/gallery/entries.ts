// Sets as people run them, the manifests of three tutorials, and the small examples. The texts are loaded when they are
// opened.
import { EXAMPLES } from '../examples.ts';

/** A manifest that can be opened from the gallery. */
export interface GalleryEntry {
  readonly id: string;
  readonly title: string;
  /** What it shows in Ordinal, in a line. */
  readonly about: string;
  /** What to try with it. */
  readonly tryThis: string;
  readonly group: 'set' | 'tutorial' | 'example';
  readonly fileName: string;
  /** Its text. */
  load(): Promise<string>;
}

type EntryParts = Omit<GalleryEntry, 'id' | 'fileName' | 'group'>;

const entryOf = (id: string, group: GalleryEntry['group'], parts: EntryParts): GalleryEntry => ({
  id,
  group,
  fileName: `${id}.yaml`,
  ...parts,
});

/** Everything in the gallery, in the order in which it is shown. */
export const GALLERY: readonly GalleryEntry[] = [
  entryOf('cassandra', 'set', {
    title: 'Cassandra',
    about: 'a ring that is joined one node after the other: OrderedReady, a drain before each stop',
    tryThis: 'Scale to 2 and watch the last one drain within its grace period.',
    load: async () => (await import('./cassandra.ts')).CASSANDRA,
  }),
  entryOf('zookeeper', 'set', {
    title: 'ZooKeeper',
    about: 'a quorum of three, never two on one node: required anti-affinity, a budget, two Services',
    tryThis: 'Scale to 4: no node is left for the fourth. Or drain a node.',
    load: async () => (await import('./zookeeper.ts')).ZOOKEEPER,
  }),
  entryOf('kafka', 'set', {
    title: 'Kafka (KRaft)',
    about: 'all start in parallel, one in each zone, and are updated one by one: Parallel with minReadySeconds',
    tryThis: 'Change the image: Parallel is for starting and scaling, not for updates.',
    load: async () => (await import('./kafka.ts')).KAFKA,
  }),
  entryOf('postgresql', 'set', {
    title: 'PostgreSQL',
    about: 'one that writes and two that follow: an init container that knows the ordinal, a Service for pod 0 alone',
    tryThis: 'Delete postgres-0 and watch which name stays and which address changes.',
    load: async () => (await import('./postgresql.ts')).POSTGRESQL,
  }),
  entryOf('mysql', 'set', {
    title: 'MySQL',
    about: 'each replica is a copy of the one before it; claims go when it is scaled down: whenScaled: Delete',
    tryThis: 'Scale to 1 and back to 3: new claims are made. Then delete the set: the claims stay.',
    load: async () => (await import('./mysql.ts')).MYSQL,
  }),
  entryOf('mongodb', 'set', {
    title: 'MongoDB',
    about: 'members counted from 1, and an update that is held back: ordinals.start, partition, minReadySeconds',
    tryThis: 'Change the image: mongo-3 alone is updated. Lower the partition to go on.',
    load: async () => (await import('./mongodb.ts')).MONGODB,
  }),
  entryOf('redis', 'set', {
    title: 'Redis Cluster',
    about: 'six at once, updated only by hand: Parallel and OnDelete',
    tryThis: 'Change the image: nothing happens until you delete a pod.',
    load: async () => (await import('./redis.ts')).REDIS,
  }),
  entryOf('elasticsearch', 'set', {
    title: 'Elasticsearch',
    about: 'large pods with an init container and a patient startup probe: requests, limits, a budget',
    tryThis: 'Scale up until no node has room for another.',
    load: async () => (await import('./elasticsearch.ts')).ELASTICSEARCH,
  }),
  entryOf('etcd', 'set', {
    title: 'etcd',
    about: 'one member in each zone, known by fixed names before it is ready: publishNotReadyAddresses, three probes',
    tryThis: 'Take a node down: its member cannot go to another zone.',
    load: async () => (await import('./etcd.ts')).ETCD,
  }),
  entryOf('prometheus', 'set', {
    title: 'Prometheus',
    about: 'two alike with data of their own, on a class whose volumes grow: whenDeleted: Delete',
    tryThis: 'Patch a claim to ask for 80Gi. Then delete the set: the claims go with it.',
    load: async () => (await import('./prometheus.ts')).PROMETHEUS,
  }),
  entryOf('no-service', 'tutorial', {
    title: 'Cassandra without its Service',
    about: 'the pods run, and none of their names leads anywhere: nobody creates the Service that serviceName names',
    tryThis: 'Look a name up, then take the fix that adds the Service.',
    load: async () => (await import('./tutorials.ts')).NO_SERVICE,
  }),
  entryOf('broken-indentation', 'tutorial', {
    title: 'Wrong indentation',
    about: 'one line stands two columns too far to the right, and YAML says so of another word',
    tryThis: 'Take the fix, and see what else is said then.',
    load: async () => (await import('./tutorials.ts')).BROKEN,
  }),
  entryOf('missing-class', 'tutorial', {
    title: 'A StorageClass that is not there',
    about: 'the claim waits for a class, the pod for the claim, and the next pods for the first',
    tryThis: 'Take the fix that adds the class: everything goes on within 15 seconds.',
    load: async () => (await import('./tutorials.ts')).NO_CLASS,
  }),
];

/** What to try with each of the small examples, by file name. */
const TRY: Readonly<Record<string, string>> = {
  'web.yaml': 'Delete web-1 and watch name, claim and volume stay.',
  'cache.yaml': 'Scale to 10: all start at once, and none waits for another.',
  'canary.yaml': 'Change the image: web-2 alone is updated. Then lower the partition.',
  'retention.yaml': 'Scale to 1: the claims of the pods that go are deleted with them.',
  'pending.yaml': 'Look at why web-0 waits, then take the fix that adds the class.',
};

/** The small examples, as entries like the others. */
export const BASICS: readonly GalleryEntry[] = EXAMPLES.map(({ title, about, fileName, text }) => ({
  id: `example-${fileName.replace(/\.yaml$/, '')}`,
  title,
  about,
  tryThis: TRY[fileName] ?? '',
  group: 'example',
  fileName,
  load: async () => text,
}));
