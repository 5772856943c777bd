// Gallery: MySQL, each replica a copy of the one before it.

export const MYSQL = `# Each replica copies its data from the one before it, which is why it must be ready first. Claims of replicas that
# are scaled away go with them: a copy is made anew.
apiVersion: v1
kind: Service
metadata:
  name: mysql
spec:
  clusterIP: None
  selector:
    app: mysql
  ports:
    - name: mysql
      port: 3306
    - name: copy
      port: 3307
---
# Reads from whichever is ready; writes go to mysql-0.mysql.
apiVersion: v1
kind: Service
metadata:
  name: mysql-read
spec:
  selector:
    app: mysql
  ports:
    - name: mysql
      port: 3306
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: mysql
spec:
  serviceName: mysql
  replicas: 3
  persistentVolumeClaimRetentionPolicy:
    whenScaled: Delete
    whenDeleted: Retain
  selector:
    matchLabels:
      app: mysql
  template:
    metadata:
      labels:
        app: mysql
    spec:
      initContainers:
        - name: copy-data
          image: mysql:8.4
          command:
            - bash
            - -ec
            - |
              ordinal=\${HOSTNAME##*-}
              [ -d /var/lib/mysql/mysql ] || [ "$ordinal" = 0 ] ||
                bash -c "cat < /dev/tcp/mysql-$((ordinal - 1)).mysql/3307" | tar --extract --directory=/var/lib/mysql
          volumeMounts: &data
            - name: data
              mountPath: /var/lib/mysql
        # A sidecar: it is started before the others and lives as long as the pod. The copy that it gives is a crude one.
        - name: give-copies
          image: busybox:1.37
          restartPolicy: Always
          command: [sh, -c, while true; do tar -c -C /var/lib/mysql . | nc -l -p 3307; done]
          ports:
            - name: copy
              containerPort: 3307
          volumeMounts: *data
      containers:
        - name: mysql
          image: mysql:8.4
          env:
            - name: MYSQL_ALLOW_EMPTY_PASSWORD
              value: "yes"
          ports:
            - name: mysql
              containerPort: 3306
          resources:
            requests:
              cpu: 250m
              memory: 512Mi
          startupProbe:
            tcpSocket:
              port: mysql
            periodSeconds: 5
            failureThreshold: 24
          livenessProbe:
            tcpSocket:
              port: mysql
          readinessProbe:
            exec:
              command: [mysql, --host=127.0.0.1, --execute=SELECT 1]
            periodSeconds: 5
          volumeMounts: *data
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: 10Gi
`;
