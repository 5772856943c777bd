// The manifests of the tasks that run MySQL, replicated and alone, written anew with the same objects. Probes are scripts
// here, so that a program that is moved away fails them.

const LABELS = `  labels:
    app: mysql
    app.kubernetes.io/name: mysql
`;

const CONFIG = `apiVersion: v1
kind: ConfigMap
metadata:
  name: mysql
${LABELS}data:
  primary.cnf: |
    [mysqld]
    log-bin
  replica.cnf: |
    [mysqld]
    super-read-only
`;

const SERVICES = `apiVersion: v1
kind: Service
metadata:
  name: mysql
${LABELS}spec:
  clusterIP: None
  selector:
    app: mysql
  ports:
  - name: mysql
    port: 3306
---
apiVersion: v1
kind: Service
metadata:
  name: mysql-read
${LABELS}    readonly: "true"
spec:
  selector:
    app: mysql
  ports:
  - name: mysql
    port: 3306
`;

const DATA = `        - name: data
          mountPath: /var/lib/mysql
          subPath: mysql
        - name: conf
          mountPath: /etc/mysql/conf.d
`;

const SET = `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: mysql
spec:
  serviceName: mysql
  replicas: 3
  selector:
    matchLabels:
      app: mysql
      app.kubernetes.io/name: mysql
  template:
    metadata:
      labels:
        app: mysql
        app.kubernetes.io/name: mysql
    spec:
      initContainers:
      - name: init-mysql
        image: mysql:5.7
        command:
        - bash
        - -c
        - |
          ordinal=\${HOSTNAME##*-}
          printf '[mysqld]\\nserver-id=%d\\n' $((100 + ordinal)) > /mnt/conf.d/server-id.cnf
          if [ "$ordinal" -eq 0 ]; then role=primary; else role=replica; fi
          cp "/mnt/config-map/$role.cnf" /mnt/conf.d/
        volumeMounts:
        - name: conf
          mountPath: /mnt/conf.d
        - name: config-map
          mountPath: /mnt/config-map
      - name: clone-mysql
        image: gcr.io/google-samples/xtrabackup:1.0
        command:
        - bash
        - -c
        - |
          ordinal=\${HOSTNAME##*-}
          if [ -d /var/lib/mysql/mysql ] || [ "$ordinal" -eq 0 ]; then exit 0; fi
          ncat --recv-only "mysql-$((ordinal - 1)).mysql" 3307 | xbstream -x -C /var/lib/mysql
          xtrabackup --prepare --target-dir=/var/lib/mysql
        volumeMounts:
${DATA}      containers:
      - name: mysql
        image: mysql:5.7
        env:
        - name: MYSQL_ALLOW_EMPTY_PASSWORD
          value: "1"
        ports:
        - name: mysql
          containerPort: 3306
        resources:
          requests:
            cpu: 500m
            memory: 1Gi
        livenessProbe:
          initialDelaySeconds: 30
          timeoutSeconds: 5
          exec:
            command: [ sh, -c, mysqladmin ping ]
        readinessProbe:
          initialDelaySeconds: 5
          periodSeconds: 2
          exec:
            command: [ sh, -c, "mysql -h 127.0.0.1 -e 'SELECT 1'" ]
        volumeMounts:
${DATA}      - name: xtrabackup
        image: gcr.io/google-samples/xtrabackup:1.0
        command: [ bash, -c, "ncat --listen --keep-open 3307 -c 'xtrabackup --backup --stream=xbstream'" ]
        ports:
        - name: xtrabackup
          containerPort: 3307
        resources:
          requests:
            cpu: 100m
            memory: 100Mi
        volumeMounts:
${DATA}      volumes:
      - name: conf
        emptyDir: {}
      - name: config-map
        configMap:
          name: mysql
  volumeClaimTemplates:
  - metadata:
      name: data
    spec:
      accessModes: [ ReadWriteOnce ]
      resources:
        requests:
          storage: 10Gi
`;

const VOLUME = `apiVersion: v1
kind: PersistentVolume
metadata:
  name: mysql-pv-volume
  labels:
    type: local
spec:
  storageClassName: manual
  capacity:
    storage: 20Gi
  accessModes: [ ReadWriteOnce ]
  hostPath:
    path: /mnt/data
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: mysql-pv-claim
spec:
  storageClassName: manual
  accessModes: [ ReadWriteOnce ]
  resources:
    requests:
      storage: 20Gi
`;

const DEPLOYMENT = `apiVersion: v1
kind: Service
metadata:
  name: mysql
spec:
  clusterIP: None
  selector:
    app: mysql
  ports:
  - port: 3306
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: mysql
spec:
  selector:
    matchLabels:
      app: mysql
  strategy:
    type: Recreate
  template:
    metadata:
      labels:
        app: mysql
    spec:
      containers:
      - name: mysql
        image: mysql:9
        env:
        - name: MYSQL_ROOT_PASSWORD
          value: password
        ports:
        - name: mysql
          containerPort: 3306
        volumeMounts:
        - name: mysql-persistent-storage
          mountPath: /var/lib/mysql
      volumes:
      - name: mysql-persistent-storage
        persistentVolumeClaim:
          claimName: mysql-pv-claim
`;

/** By the paths under which the tasks name them. */
export const MYSQL: Readonly<Record<string, string>> = {
  'application/mysql/mysql-configmap.yaml': CONFIG,
  'application/mysql/mysql-services.yaml': SERVICES,
  'application/mysql/mysql-statefulset.yaml': SET,
  'application/mysql/mysql-pv.yaml': VOLUME,
  'application/mysql/mysql-deployment.yaml': DEPLOYMENT,
};
