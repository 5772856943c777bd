// Gallery: a MongoDB replica set.

export const MONGODB = `# A replica set whose members are counted from 1. An update waits until a member has been ready for 20 seconds, and
# reaches only the last one until the partition is lowered.
apiVersion: v1
kind: Service
metadata:
  name: mongo
spec:
  clusterIP: None
  publishNotReadyAddresses: true
  selector:
    app: mongo
  ports:
    - name: mongo
      port: 27017
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: mongo
spec:
  # Two of three can still elect a primary.
  minAvailable: 2
  selector:
    matchLabels:
      app: mongo
---
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: mongo
spec:
  serviceName: mongo
  replicas: 3
  ordinals:
    start: 1
  minReadySeconds: 20
  updateStrategy:
    type: RollingUpdate
    rollingUpdate:
      partition: 2
  selector:
    matchLabels:
      app: mongo
  template:
    metadata:
      labels:
        app: mongo
    spec:
      terminationGracePeriodSeconds: 30
      containers:
        - name: mongo
          image: mongo:8.0
          args: [mongod, --replSet, rs0, --bind_ip_all]
          ports:
            - name: mongo
              containerPort: 27017
          resources:
            requests:
              cpu: 250m
              memory: 512Mi
          readinessProbe:
            exec:
              command: [mongosh, --quiet, --eval, "db.adminCommand('ping').ok"]
            initialDelaySeconds: 5
            timeoutSeconds: 5
          lifecycle:
            preStop:
              # A primary hands over before it goes.
              exec:
                command: [mongosh, --quiet, --eval, "db.hello().isWritablePrimary && rs.stepDown()"]
          volumeMounts:
            - name: data
              mountPath: /data/db
  volumeClaimTemplates:
    - metadata:
        name: data
      spec:
        accessModes: [ReadWriteOnce]
        resources:
          requests:
            storage: 10Gi
`;
