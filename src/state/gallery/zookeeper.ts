// Gallery: ZooKeeper.

export const ZOOKEEPER = `# Three that vote. Each knows the names of all from the beginning, so all start at once.
apiVersion: v1
kind: Service
metadata:
  name: zookeeper
spec:
  clusterIP: None
  # Members must find each other before any of them can be ready.
  publishNotReadyAddresses: true
  selector:
    app: zookeeper
  ports:
    - name: peer
      port: 2888
    - name: election
      port: 3888
---
# For clients, who do not care which one answers.
apiVersion: v1
kind: Service
metadata:
  name: zookeeper-client
spec:
  selector:
    app: zookeeper
  ports:
    - name: client
      port: 2181
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: zookeeper
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app: zookeeper
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: zk
spec:
  serviceName: zookeeper
  replicas: 3
  podManagementPolicy: Parallel
  selector:
    matchLabels:
      app: zookeeper
  template:
    metadata:
      labels:
        app: zookeeper
    spec:
      terminationGracePeriodSeconds: 20
      affinity:
        podAntiAffinity:
          # Never two on one node: with three nodes, a fourth replica stays Pending.
          requiredDuringSchedulingIgnoredDuringExecution:
            - topologyKey: kubernetes.io/hostname
              labelSelector:
                matchLabels:
                  app: zookeeper
      containers:
        - name: zookeeper
          image: zookeeper:3.9.3
          command:
            - sh
            - -c
            - ZOO_MY_ID=$((\${HOSTNAME##*-} + 1)) exec /docker-entrypoint.sh zkServer.sh start-foreground
          env:
            - name: ZOO_SERVERS
              value: server.1=zk-0.zookeeper:2888:3888;2181 server.2=zk-1.zookeeper:2888:3888;2181 server.3=zk-2.zookeeper:2888:3888;2181
            - name: ZOO_4LW_COMMANDS_WHITELIST
              value: ruok,srvr
          ports:
            - name: client
              containerPort: 2181
            - name: peer
              containerPort: 2888
            - name: election
              containerPort: 3888
          resources:
            requests:
              cpu: 250m
              memory: 512Mi
          readinessProbe:
            exec:
              command: [sh, -c, echo ruok | nc 127.0.0.1 2181 | grep -q imok]
            periodSeconds: 5
          volumeMounts:
            - name: data
              mountPath: /data
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: 2Gi
`;
