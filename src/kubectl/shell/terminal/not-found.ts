// What is said of a command that is not there, and what to use instead.
import { nearestWords } from '../../suggest.ts';

const INSTEAD: Readonly<Record<string, string>> = {
  helm: 'render the chart where helm is, and paste what it makes: cat > app.yaml',
  kustomize: 'render it where kustomize is, and paste what it makes: cat > app.yaml',
  jq: "kubectl's own -o jsonpath='{…}' or -o custom-columns=… picks values",
  yq: "kubectl's own -o jsonpath='{…}' picks values",
  minikube: 'the cluster is this page; its nodes: kubectl get nodes',
  kind: 'the cluster is this page; its nodes: kubectl get nodes',
  k3d: 'the cluster is this page; its nodes: kubectl get nodes',
  diff: 'kubectl diff -f FILE compares a file with what the cluster has',
  docker: 'containers run in the simulated cluster alone: kubectl exec POD -- COMMAND',
  nslookup: 'names are looked up in the cluster: kubectl exec POD -- nslookup NAME',
  dig: 'names are looked up in the cluster: kubectl exec POD -- nslookup NAME',
  ping: 'the network is that of the cluster: kubectl exec POD -- curl http://NAME/',
  ssh: 'nodes have no shell here: kubectl describe node NODE',
  git: 'there is no network here: paste manifests with cat > web.yaml',
  sudo: 'leave it out: there is nothing here that needs it',
  python: 'this shell has loops, $(( )) and awk',
  python3: 'this shell has loops, $(( )) and awk',
  base64: 'values of Secrets are dropped here',
  timeout: 'Ctrl+C ends a command; kubectl wait and rollout status have --timeout',
  time: 'each prompt shows its moment',
  kubectx: 'there is one cluster: kubectl config get-contexts',
  kubens: 'kubectl config set-context --current --namespace=NAME',
  etcdctl: 'what the cluster stores: kubectl get … -o yaml',
  stern: 'kubectl logs POD -f',
  bg: 'a command that watches goes on by itself; Ctrl+C ends it',
  fg: 'a command that watches goes on by itself; Ctrl+C ends it',
  nohup: 'leave it out: a command that watches goes on by itself',
  exec: 'write the command itself',
  trap: 'Ctrl+C ends a command, and what comes behind it',
  crictl: 'nodes have no shell here: kubectl describe node NODE',
  systemctl: 'nodes have no shell here: a node is taken down with its button on the page',
  eksctl: 'the cluster is this page; its nodes: kubectl get nodes',
  gcloud: 'the cluster is this page; its nodes: kubectl get nodes',
  aws: 'the cluster is this page; its nodes: kubectl get nodes',
  krew: 'kubectl has no plug-ins here',
  screen: 'a command that watches leaves the prompt free by itself',
  tmux: 'a command that watches leaves the prompt free by itself',
  jobs: 'a command that watches goes on by itself; Ctrl+C ends it',
  kill: 'Ctrl+C ends what is running',
};

/** The words for a command that is not there. */
export function notFoundWords(name: string, known: readonly string[]): string {
  const instead = Object.hasOwn(INSTEAD, name) ? INSTEAD[name] : undefined;
  const first = `bash: ${name}: command not found\n`;
  if (instead !== undefined) return `${first}${name} is not part of this terminal: ${instead}\n`;
  const near = name.length > 2 ? nearestWords(name, known).slice(0, 3) : [];
  return near.length > 0
    ? `${first}Did you mean ${near.join(' or ')}? help lists what is here.\n`
    : `${first}help lists what is here.\n`;
}
