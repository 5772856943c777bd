// The manifests of the tutorial on the basics of StatefulSets, written anew with the same objects.

const service = `apiVersion: v1
kind: Service
metadata:
  name: nginx
  labels:
    app: nginx
spec:
  ports:
  - port: 80
    name: web
  clusterIP: None
  selector:
    app: nginx
`;

const set = (policy: string): string => `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: web
spec:
  serviceName: "nginx"
${policy}  replicas: 2
  selector:
    matchLabels:
      app: nginx
  template:
    metadata:
      labels:
        app: nginx
    spec:
      containers:
      - name: nginx
        image: registry.k8s.io/nginx-slim:0.24
        ports:
        - containerPort: 80
          name: web
        volumeMounts:
        - name: www
          mountPath: /usr/share/nginx/html
  volumeClaimTemplates:
  - metadata:
      name: www
    spec:
      accessModes: [ "ReadWriteOnce" ]
      resources:
        requests:
          storage: 1Gi
`;

/** By the path under which the tutorial names them. */
export const WEB: Readonly<Record<string, string>> = {
  'application/web/web.yaml': `${service}---\n${set('')}`,
  'application/web/web-parallel.yaml': `${service}---\n${set('  podManagementPolicy: "Parallel"\n')}`,
};
