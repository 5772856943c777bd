// Gallery: Cassandra.

export const CASSANDRA = `# A ring of three. Nodes join one after the other and find the ring through the first one.
apiVersion: v1
kind: Service
metadata:
  name: cassandra
  labels:
    app: cassandra
spec:
  clusterIP: None
  # A node is asked for by its name before it is ready: it has to join first.
  publishNotReadyAddresses: true
  selector:
    app: cassandra
  ports:
    - name: gossip
      port: 7000
    - name: cql
      port: 9042
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: cassandra
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app: cassandra
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: cassandra
spec:
  serviceName: cassandra
  replicas: 3
  selector:
    matchLabels:
      app: cassandra
  template:
    metadata:
      labels:
        app: cassandra
    spec:
      # Draining writes what is in memory to the disk; killed in the middle, the node replays its log.
      terminationGracePeriodSeconds: 120
      affinity:
        podAntiAffinity:
          preferredDuringSchedulingIgnoredDuringExecution:
            - weight: 100
              podAffinityTerm:
                topologyKey: kubernetes.io/hostname
                labelSelector:
                  matchLabels:
                    app: cassandra
      containers:
        - name: cassandra
          image: cassandra:5.0.4
          env:
            - name: CASSANDRA_CLUSTER_NAME
              value: ring
            - name: CASSANDRA_SEEDS
              value: cassandra-0.cassandra
            - name: MAX_HEAP_SIZE
              value: 512M
            - name: HEAP_NEWSIZE
              value: 100M
          ports:
            - name: gossip
              containerPort: 7000
            - name: cql
              containerPort: 9042
          resources:
            requests:
              cpu: 500m
              memory: 1Gi
          readinessProbe:
            exec:
              command: [sh, -c, nodetool status | grep -q "^UN.*$(hostname -i)"]
            initialDelaySeconds: 20
            periodSeconds: 10
            timeoutSeconds: 5
          lifecycle:
            preStop:
              exec:
                command: [nodetool, drain]
          volumeMounts:
            - name: data
              mountPath: /var/lib/cassandra
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: 10Gi
`;
