// Manifests to begin with. The first one is what a visit without a link shows.

/** A manifest with a name. */
export interface Example {
  readonly title: string;
  readonly about: string;
  readonly fileName: string;
  readonly text: string;
}

const service = (name: string, port: number, portName: string): string => `apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  clusterIP: None
  selector:
    app: ${name}
  ports:
    - name: ${portName}
      port: ${port}
---
`;

const WEB = `${service('nginx', 80, 'web')}apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: nginx
  replicas: 3
  minReadySeconds: 3
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
          image: registry.k8s.io/nginx-slim:0.24
          ports:
            - name: web
              containerPort: 80
          readinessProbe:
            httpGet:
              path: /
              port: web
            periodSeconds: 2
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

const PARALLEL = `${service('cache', 6379, 'redis')}apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: cache
spec:
  serviceName: cache
  replicas: 5
  podManagementPolicy: Parallel
  selector:
    matchLabels:
      app: cache
  template:
    metadata:
      labels:
        app: cache
    spec:
      terminationGracePeriodSeconds: 5
      containers:
        - name: redis
          image: redis:8.0
          ports:
            - name: redis
              containerPort: 6379
`;

const CANARY = WEB.replace(
  '  minReadySeconds: 3\n',
  '  minReadySeconds: 3\n  updateStrategy:\n    type: RollingUpdate\n    rollingUpdate:\n      partition: 2\n',
);

const RETENTION = WEB.replace(
  '  minReadySeconds: 3\n',
  '  minReadySeconds: 3\n  persistentVolumeClaimRetentionPolicy:\n    whenScaled: Delete\n    whenDeleted: Retain\n',
);

const NO_CLASS = WEB.replace(
  '        accessModes: [ReadWriteOnce]\n',
  '        accessModes: [ReadWriteOnce]\n        storageClassName: fast\n',
);

/** All of them, the default one first. */
export const EXAMPLES: readonly [Example, ...Example[]] = [
  {
    title: 'Three nginx with volumes',
    about: 'one after another, each with its own claim',
    fileName: 'web.yaml',
    text: WEB,
  },
  { title: 'Five at once', about: 'podManagementPolicy: Parallel', fileName: 'cache.yaml', text: PARALLEL },
  { title: 'A held back update', about: 'partition: 2', fileName: 'canary.yaml', text: CANARY },
  { title: 'Claims that go with their pods', about: 'whenScaled: Delete', fileName: 'retention.yaml', text: RETENTION },
  {
    title: 'A StorageClass that is not there',
    about: 'storageClassName: fast',
    fileName: 'pending.yaml',
    text: NO_CLASS,
  },
];
