// Gallery: a Redis cluster.

export const REDIS = `# Six at once: three that own slots and three that copy them. Which one is which changes by itself, so nobody but a
# person should say in which order they are updated: OnDelete.
apiVersion: v1
kind: ConfigMap
metadata:
  name: redis
data:
  redis.conf: |
    cluster-enabled yes
    cluster-config-file /data/nodes.conf
    cluster-node-timeout 5000
    appendonly yes
---
apiVersion: v1
kind: Service
metadata:
  name: redis
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector:
    app: redis
  ports:
    - name: redis
      port: 6379
    - name: bus
      port: 16379
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: redis
spec:
  serviceName: redis
  replicas: 6
  podManagementPolicy: Parallel
  updateStrategy:
    type: OnDelete
  selector:
    matchLabels:
      app: redis
  template:
    metadata:
      labels:
        app: redis
    spec:
      terminationGracePeriodSeconds: 10
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels:
              app: redis
      containers:
        - name: redis
          image: redis:8.0.2
          args: [/etc/redis/redis.conf, --cluster-announce-ip, $(POD_IP)]
          env:
            # An address changes with each new pod; the others are told.
            - name: POD_IP
              valueFrom:
                fieldRef:
                  fieldPath: status.podIP
          ports:
            - name: redis
              containerPort: 6379
            - name: bus
              containerPort: 16379
          resources:
            requests:
              cpu: 100m
              memory: 256Mi
          readinessProbe:
            exec:
              command: [redis-cli, ping]
            periodSeconds: 5
          volumeMounts:
            - name: config
              mountPath: /etc/redis
            - name: data
              mountPath: /data
      volumes:
        - name: config
          configMap:
            name: redis
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: 1Gi
`;
