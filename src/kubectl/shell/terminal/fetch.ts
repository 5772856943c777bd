// Manifests that tutorials name by their address. The page has no network: the few that are asked for most are here,
// written anew with the same objects.
import type { ShellCommand } from '../shell.ts';

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

const KNOWN: Readonly<Record<string, string>> = {
  'application/web/web.yaml': `${service}---\n${set('')}`,
  'application/web/web-parallel.yaml': `${service}---\n${set('  podManagementPolicy: "Parallel"\n')}`,
};

const HOSTS =
  /^https?:\/\/(?:k8s\.io|kubernetes\.io|raw\.githubusercontent\.com\/kubernetes\/website\/[\w.-]+\/content\/en)\/(?:docs\/)?examples\/(.+)$/;

export const isAddress = (text: string): boolean => /^https?:\/\//.test(text);

/** The manifest at an address; undefined where it is not one of those that are here. */
export function manifestAt(address: string): string | undefined {
  const path = HOSTS.exec(address)?.[1];
  return path !== undefined && Object.hasOwn(KNOWN, path) ? KNOWN[path] : undefined;
}

/** What is said of other addresses. */
export const noNetwork = (address: string): string =>
  `unable to read ${address}: this page has no network. Paste the manifest instead: cat > web.yaml, its text, Ctrl+D, or into the editor`;

/** wget writes a file where curl prints. */
export const wget: ShellCommand = (args, io, shell) => curl(args.includes('-O') ? args : ['-O', ...args], io, shell);

/** curl, for those manifests alone. */
export const curl: ShellCommand = (args, io, shell) => {
  const address = args.find((arg) => isAddress(arg));
  const text = address === undefined ? undefined : manifestAt(address);
  if (text === undefined) {
    io.err(
      address === undefined || !/k8s\.io|githubusercontent|kubernetes\.io/.test(address)
        ? 'curl: the network of the cluster is reached from a pod: kubectl exec POD -- curl http://NAME/\n'
        : `curl: ${noNetwork(address)}\n`,
    );
    return 6;
  }
  const output = args.indexOf('-o');
  const isToFile = args.some((arg) => /^-[A-Za-z]*O$/.test(arg));
  const file = output >= 0 ? args[output + 1] : isToFile ? address?.split('/').at(-1) : undefined;
  if (file === undefined) io.out(text);
  else {
    const error = shell.host.files.write(file, text);
    if (error !== undefined) io.err(`curl: ${file}: ${error}\n`);
  }
  return 0;
};
