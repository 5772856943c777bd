// The ensemble of the tutorial on ZooKeeper, written anew with the same objects.

const LABELS = `  labels:
    app: zk
`;

const ZK = `apiVersion: v1
kind: Service
metadata:
  name: zk-hs
${LABELS}spec:
  clusterIP: None
  selector:
    app: zk
  ports:
  - name: server
    port: 2888
  - name: leader-election
    port: 3888
---
apiVersion: v1
kind: Service
metadata:
  name: zk-cs
${LABELS}spec:
  selector:
    app: zk
  ports:
  - name: client
    port: 2181
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: zk-pdb
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app: zk
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: zk
spec:
  serviceName: zk-hs
  replicas: 3
  podManagementPolicy: OrderedReady
  updateStrategy:
    type: RollingUpdate
  selector:
    matchLabels:
      app: zk
  template:
    metadata:
      labels:
        app: zk
    spec:
      securityContext:
        runAsUser: 1000
        fsGroup: 1000
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
          - topologyKey: kubernetes.io/hostname
            labelSelector:
              matchExpressions:
              - key: app
                operator: In
                values: [ zk ]
      containers:
      - name: kubernetes-zookeeper
        image: registry.k8s.io/kubernetes-zookeeper:1.0-3.4.10
        command:
        - sh
        - -c
        - >-
          start-zookeeper --servers=3 --data_dir=/var/lib/zookeeper/data --data_log_dir=/var/lib/zookeeper/data/log
          --conf_dir=/opt/zookeeper/conf --client_port=2181 --election_port=3888 --server_port=2888
          --tick_time=2000 --init_limit=10 --sync_limit=5 --heap=512M --log_level=INFO
        ports:
        - name: client
          containerPort: 2181
        - name: server
          containerPort: 2888
        - name: leader-election
          containerPort: 3888
        resources:
          requests:
            cpu: "0.5"
            memory: 1Gi
        readinessProbe:
          initialDelaySeconds: 10
          timeoutSeconds: 5
          exec:
            command: [ sh, -c, "zookeeper-ready 2181" ]
        livenessProbe:
          initialDelaySeconds: 10
          timeoutSeconds: 5
          exec:
            command: [ sh, -c, "zookeeper-ready 2181" ]
        volumeMounts:
        - name: datadir
          mountPath: /var/lib/zookeeper
  volumeClaimTemplates:
  - metadata:
      name: datadir
    spec:
      accessModes: [ ReadWriteOnce ]
      resources:
        requests:
          storage: 10Gi
`;

/** By the path under which the tutorial names it. */
export const ZOOKEEPER: Readonly<Record<string, string>> = { 'application/zookeeper/zookeeper.yaml': ZK };
