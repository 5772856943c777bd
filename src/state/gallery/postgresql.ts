// Gallery: PostgreSQL with streaming replicas.

export const POSTGRESQL = `# postgres-0 writes, the others follow it. An init container tells by the ordinal which one a pod is.
apiVersion: v1
kind: Service
metadata:
  name: postgres
spec:
  clusterIP: None
  selector:
    app: postgres
  ports:
    - name: sql
      port: 5432
---
# The one that writes, by a label that the controller gives to each pod.
apiVersion: v1
kind: Service
metadata:
  name: postgres-primary
spec:
  selector:
    app: postgres
    apps.kubernetes.io/pod-index: "0"
  ports:
    - name: sql
      port: 5432
---
apiVersion: v1
kind: Secret
metadata:
  name: postgres
stringData:
  password: change-me
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: postgres
spec:
  serviceName: postgres
  replicas: 3
  selector:
    matchLabels:
      app: postgres
  template:
    metadata:
      labels:
        app: postgres
    spec:
      terminationGracePeriodSeconds: 60
      securityContext:
        fsGroup: 999
      initContainers:
        - name: clone
          image: postgres:17.5
          command:
            - bash
            - -ec
            - |
              # The first one, and one that has its data already, need no copy.
              [ "\${HOSTNAME##*-}" = 0 ] || [ -s "$PGDATA/PG_VERSION" ] ||
                pg_basebackup --host=postgres-0.postgres --username=postgres --pgdata="$PGDATA" --write-recovery-conf
          env: &env
            - name: PGDATA
              value: /var/lib/postgresql/data/pgdata
            - name: PGPASSWORD
              valueFrom: &password
                secretKeyRef:
                  name: postgres
                  key: password
            - name: POSTGRES_PASSWORD
              valueFrom: *password
          volumeMounts: &mounts
            - name: data
              mountPath: /var/lib/postgresql/data
      containers:
        - name: postgres
          image: postgres:17.5
          env: *env
          ports:
            - name: sql
              containerPort: 5432
          resources:
            requests:
              cpu: 250m
              memory: 512Mi
          readinessProbe:
            exec:
              command: [pg_isready, --username=postgres]
            periodSeconds: 5
          volumeMounts: *mounts
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: 8Gi
`;
