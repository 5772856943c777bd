// The preset dictionary of codec `d`: text that sessions are made of, so that short links stay short. It is part of
// the format: a new text is a new codec letter, and this one stays readable for ever.

export const DICTIONARY_D = `{"cluster":{"seed":1,"gates":{"MaxUnavailableStatefulSet":true},"nodes":[{"name":"node-a","zone":"zone-a","cpu":"4","memory":"16Gi","pods":110}],"manifest":"","timing":{}},"texts":["apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: fast
provisioner: sim.example/provisioner
volumeBindingMode: WaitForFirstConsumer
---
apiVersion: policy/v1
kind: PodDisruptionBudget
spec:
  maxUnavailable: 1
  minAvailable: 2
---
apiVersion: v1
kind: Service
metadata:
  name: nginx
  labels:
    app: nginx
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector:
    app: nginx
  ports:
    - name: web
      port: 80
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
  namespace: default
spec:
  serviceName: nginx
  replicas: 3
  minReadySeconds: 10
  podManagementPolicy: Parallel
  revisionHistoryLimit: 10
  updateStrategy:
    type: RollingUpdate
    rollingUpdate:
      partition: 0
      maxUnavailable: 1
  persistentVolumeClaimRetentionPolicy:
    whenDeleted: Retain
    whenScaled: Delete
  selector:
    matchLabels:
      app: nginx
  template:
    metadata:
      labels:
        app: nginx
    spec:
      terminationGracePeriodSeconds: 30
      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - labelSelector:
                matchLabels:
                  app: nginx
              topologyKey: kubernetes.io/hostname
      containers:
        - name: nginx
          image: registry.k8s.io/nginx-slim:0.24
          imagePullPolicy: IfNotPresent
          ports:
            - containerPort: 80
              name: web
          env:
            - name: POD_NAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
            limits:
              memory: 1Gi
          readinessProbe:
            httpGet:
              path: /
              port: 80
            initialDelaySeconds: 5
            periodSeconds: 10
          volumeMounts:
            - name: www
              mountPath: /usr/share/nginx/html
  volumeClaimTemplates:
    - metadata:
        name: www
      spec:
        accessModes: [ \\"ReadWriteOnce\\" ]
        accessModes:
          - ReadWriteOnce
        storageClassName: standard
        resources:
          requests:
            storage: 1Gi
"],"files":{"web.yaml":0},"branches":[{"id":0,"name":"main","acts":[[0,"k","apply -f web.yaml",{"web.yaml":0}],[42000,"k","scale statefulset web --replicas=5"],[90000,"k","set image statefulset/web nginx=nginx:1.28"],[95000,"k","delete pod web-1"],[120000,"k","rollout undo statefulset/web"],[1000,"f","node-down","Node//node-c"],[1000,"f","pod-crash-loop","Pod/default/web-0"]],"reachedMs":120000},{"id":1,"name":"branch A","fork":{"parent":0,"atMs":60000},"acts":[],"reachedMs":0}],"at":{"branch":0,"atMs":0},"view":{"layout":"identity","selected":"Pod/default/web-0"},"fingerprint":"`;
