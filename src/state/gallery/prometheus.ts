// Gallery: Prometheus.

export const PROMETHEUS = `# Two that do the same and know nothing of each other, each with its own data, on a class whose volumes can grow. The
# claims go when the set is deleted.
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: metrics
provisioner: sim.example/provisioner
volumeBindingMode: WaitForFirstConsumer
allowVolumeExpansion: true
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: prometheus
data:
  prometheus.yml: |
    global:
      scrape_interval: 30s
    scrape_configs:
      - job_name: self
        static_configs:
          - targets: ["localhost:9090"]
---
apiVersion: v1
kind: Service
metadata:
  name: prometheus
spec:
  clusterIP: None
  selector:
    app: prometheus
  ports:
    - name: web
      port: 9090
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: prometheus
spec:
  serviceName: prometheus
  replicas: 2
  podManagementPolicy: Parallel
  persistentVolumeClaimRetentionPolicy:
    whenDeleted: Delete
    whenScaled: Retain
  selector:
    matchLabels:
      app: prometheus
  template:
    metadata:
      labels:
        app: prometheus
    spec:
      terminationGracePeriodSeconds: 60
      securityContext:
        fsGroup: 65534
      containers:
        - name: prometheus
          image: prom/prometheus:v3.4.1
          args:
            - --config.file=/etc/prometheus/prometheus.yml
            - --storage.tsdb.path=/prometheus
            - --storage.tsdb.retention.time=15d
          ports:
            - name: web
              containerPort: 9090
          resources:
            requests:
              cpu: 250m
              memory: 1Gi
          livenessProbe:
            httpGet:
              path: /-/healthy
              port: web
          readinessProbe:
            httpGet:
              path: /-/ready
              port: web
            periodSeconds: 5
          volumeMounts:
            - name: config
              mountPath: /etc/prometheus
            - name: data
              mountPath: /prometheus
      volumes:
        - name: config
          configMap:
            name: prometheus
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        storageClassName: metrics
        resources:
          requests:
            storage: 50Gi
`;
