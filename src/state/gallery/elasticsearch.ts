// Gallery: Elasticsearch.

export const ELASTICSEARCH = `# Three nodes of one cluster, each with two gigabytes of memory asked for and a setting of the kernel made before it
# starts. An init container, a startup probe with patience, and a budget that keeps two of three.
apiVersion: v1
kind: Service
metadata:
  name: elasticsearch
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector:
    app: elasticsearch
  ports:
    - name: http
      port: 9200
    - name: transport
      port: 9300
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: elasticsearch
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app: elasticsearch
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: es
spec:
  serviceName: elasticsearch
  replicas: 3
  podManagementPolicy: Parallel
  selector:
    matchLabels:
      app: elasticsearch
  template:
    metadata:
      labels:
        app: elasticsearch
    spec:
      terminationGracePeriodSeconds: 120
      securityContext:
        fsGroup: 1000
      initContainers:
        - name: memory-maps
          image: busybox:1.37
          command: [sysctl, -w, vm.max_map_count=262144]
          securityContext:
            privileged: true
      containers:
        - name: elasticsearch
          image: elasticsearch:9.0.3
          env:
            - name: cluster.name
              value: logs
            - name: node.name
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            - name: discovery.seed_hosts
              value: es-0.elasticsearch,es-1.elasticsearch,es-2.elasticsearch
            - name: cluster.initial_master_nodes
              value: es-0,es-1,es-2
            - name: ES_JAVA_OPTS
              value: -Xms1g -Xmx1g
          ports:
            - name: http
              containerPort: 9200
            - name: transport
              containerPort: 9300
          resources:
            requests:
              cpu: "1"
              memory: 2Gi
            limits:
              memory: 2Gi
          startupProbe:
            tcpSocket:
              port: transport
            failureThreshold: 30
          readinessProbe:
            httpGet:
              path: /_cluster/health?local=true
              port: http
          volumeMounts:
            - name: data
              mountPath: /usr/share/elasticsearch/data
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: 30Gi
`;
