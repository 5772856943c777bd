// Gallery: Kafka in KRaft mode.

export const KAFKA = `# Three that are broker and controller at once (KRaft, no ZooKeeper). They start in parallel, since none can lead
# alone, and are updated one after the other all the same.
apiVersion: v1
kind: Service
metadata:
  name: kafka
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector:
    app: kafka
  ports:
    - name: broker
      port: 9092
    - name: controller
      port: 9093
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: kafka
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app: kafka
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: kafka
spec:
  serviceName: kafka
  replicas: 3
  podManagementPolicy: Parallel
  # Replicas of partitions catch up before the next broker goes.
  minReadySeconds: 10
  selector:
    matchLabels:
      app: kafka
  template:
    metadata:
      labels:
        app: kafka
    spec:
      terminationGracePeriodSeconds: 60
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: DoNotSchedule
          labelSelector:
            matchLabels:
              app: kafka
      containers:
        - name: kafka
          image: apache/kafka:4.0.0
          # The ordinal is the id of the broker, and the pod's name its address.
          command:
            - bash
            - -c
            - |
              export KAFKA_NODE_ID=\${HOSTNAME##*-}
              export KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://$HOSTNAME.kafka:9092
              exec /etc/kafka/docker/run
          env:
            - name: CLUSTER_ID
              value: MkU3OEVBNTcwNTJENDM2Qk
            - name: KAFKA_PROCESS_ROLES
              value: broker,controller
            - name: KAFKA_LISTENERS
              value: PLAINTEXT://:9092,CONTROLLER://:9093
            - name: KAFKA_CONTROLLER_LISTENER_NAMES
              value: CONTROLLER
            - name: KAFKA_CONTROLLER_QUORUM_VOTERS
              value: 0@kafka-0.kafka:9093,1@kafka-1.kafka:9093,2@kafka-2.kafka:9093
            - name: KAFKA_LOG_DIRS
              value: /var/lib/kafka/data
          ports:
            - name: broker
              containerPort: 9092
            - name: controller
              containerPort: 9093
          resources:
            requests:
              cpu: 500m
              memory: 1Gi
          readinessProbe:
            tcpSocket:
              port: broker
            initialDelaySeconds: 10
          volumeMounts:
            - name: data
              mountPath: /var/lib/kafka
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: 20Gi
`;
