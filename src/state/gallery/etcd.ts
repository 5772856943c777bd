// Gallery: etcd.

export const ETCD = `# Three that keep one truth. They are called by fixed names, so the list of members is written down once; a member
# that loses its volume is another member. Liveness, readiness and startup are asked apart.
apiVersion: v1
kind: Service
metadata:
  name: etcd
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector:
    app: etcd
  ports:
    - name: client
      port: 2379
    - name: peer
      port: 2380
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: etcd
spec:
  minAvailable: 2
  selector:
    matchLabels:
      app: etcd
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: etcd
spec:
  serviceName: etcd
  replicas: 3
  podManagementPolicy: Parallel
  selector:
    matchLabels:
      app: etcd
  template:
    metadata:
      labels:
        app: etcd
    spec:
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - topologyKey: topology.kubernetes.io/zone
              labelSelector:
                matchLabels:
                  app: etcd
      containers:
        - name: etcd
          image: registry.k8s.io/etcd:3.6.1-0
          env:
            - name: NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
          command:
            - etcd
            - --name=$(NAME)
            - --data-dir=/var/lib/etcd/data
            - --listen-peer-urls=http://0.0.0.0:2380
            - --listen-client-urls=http://0.0.0.0:2379
            - --advertise-client-urls=http://$(NAME).etcd:2379
            - --initial-advertise-peer-urls=http://$(NAME).etcd:2380
            - --initial-cluster=etcd-0=http://etcd-0.etcd:2380,etcd-1=http://etcd-1.etcd:2380,etcd-2=http://etcd-2.etcd:2380
          ports:
            - name: client
              containerPort: 2379
            - name: peer
              containerPort: 2380
          resources:
            requests:
              cpu: 200m
              memory: 256Mi
          startupProbe:
            httpGet:
              path: /health
              port: client
            failureThreshold: 20
          livenessProbe:
            httpGet:
              path: /health?serializable=true
              port: client
          readinessProbe:
            httpGet:
              path: /health
              port: client
            periodSeconds: 5
          volumeMounts:
            - name: data
              mountPath: /var/lib/etcd
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: 4Gi
`;
