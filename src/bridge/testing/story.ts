// A session told in acts, for tests: a manifest is applied at 0, then things happen at moments, and one asks.
import type { Why, WhyStep } from '#scene';
import type { ClusterSetup } from '#share';
import type { Act } from '#timeline';
import type { ActAnswer } from '../protocol.ts';
import { newServer, type Server } from '../server.ts';

export const SECOND = 1_000;
export const MINUTE = 60_000;

/** A headless Service and a set of three with claims, the way the first example has them. */
export const WEB = `apiVersion: v1
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
  replicas: 3
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
          ports:
            - name: web
              containerPort: 80
          volumeMounts:
            - name: www
              mountPath: /usr/share/nginx/html
  volumeClaimTemplates:
    - metadata:
        name: www
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: 1Gi
`;

/** The ids of WEB's objects. */
export const SET = 'StatefulSet/default/web';
export const pod = (ordinal: number): string => `Pod/default/web-${ordinal}`;
export const slot = (ordinal: number): string => `Slot/default/web/${ordinal}`;
export const claim = (ordinal: number): string => `PersistentVolumeClaim/default/www-web-${ordinal}`;
export const node = (letter: string): string => `Node//node-${letter}`;

export interface Story {
  readonly server: Server;
  /** Goes to a moment. */
  at(atMs: number): void;
  act(act: Act): ActAnswer;
  kubectl(command: string): ActAnswer;
  fault(fault: string, target: string): ActAnswer;
  apply(manifest: string): ActAnswer;
  why(id?: string): Why;
  /** Does what an answer offers. */
  take(step: WhyStep): ActAnswer;
}

/** A session that begins with a manifest. */
export function newStory(manifest: string, cluster: Partial<ClusterSetup> = {}): Story {
  const server = newServer();
  let nowMs = 0;
  const files = { 'web.yaml': manifest };
  const act = (done: Act): ActAnswer => {
    const answer = server.answer('act', { atMs: nowMs, act: done });
    if (answer.newBranch !== undefined) throw new Error('the story goes back in time');
    return answer;
  };
  server.answer('open', {
    session: {
      cluster: { seed: 1, gates: {}, nodes: [], manifest: '', timing: {}, ...cluster },
      files,
      branches: [{ id: 0, name: 'main', acts: [], reachedMs: 0 }],
      at: { branch: 0, atMs: 0 },
      view: { layout: 'identity' },
    },
  });
  act({ type: 'kubectl', command: 'apply -f web.yaml', files });
  return {
    server,
    act,
    at: (atMs) => {
      nowMs = atMs;
      server.answer('seek', { atMs });
    },
    kubectl: (command) => act({ type: 'kubectl', command }),
    fault: (fault, target) => act({ type: 'fault', fault, target }),
    apply: (text) => act({ type: 'kubectl', command: 'apply -f web.yaml', files: { 'web.yaml': text } }),
    why: (id) => server.answer('why', { id }),
    take: (step) => act(step.act),
  };
}

/** How many sentences a text has. */
export const sentencesIn = (text: string): number =>
  text.split(/[.?!](?:\s|$)/).filter((part) => part.trim() !== '').length;
