// Commands of the real kubectl that Ordinal leaves out, and what to use instead.

/** By the first word behind `kubectl`, or the first two. */
const FILE = 'write the object to a file, and kubectl create -f FILE';

export const LEFT_OUT: Readonly<Record<string, string>> = {
  'apply edit-last-applied': 'kubectl edit changes the object, kubectl apply what was applied',
  'apply set-last-applied': 'kubectl apply -f FILE keeps what it applied',
  attach: 'kubectl logs POD -f shows what a container prints, kubectl exec -it POD -- sh gives a shell in it',
  'auth reconcile': 'roles are kept, and nobody is refused anything',
  certificate: 'there are no certificates in the simulated cluster',
  'cluster-info dump': 'kubectl get all -A -o yaml prints the objects',
  completion: 'in the terminal Tab completes already',
  config: 'in the terminal there are kubectl config get-contexts and set-context --current --namespace=NAME',
  'create clusterrole': FILE,
  'create clusterrolebinding': FILE,
  'create ingress': FILE,
  'create role': FILE,
  'create rolebinding': FILE,
  'create token': 'nobody looks at tokens in the simulated cluster',
  cp: "kubectl exec POD -- sh -c 'cat > FILE' writes a file, kubectl exec POD -- cat FILE reads one",
  debug: 'kubectl exec -it POD -- sh gives a shell in a container, kubectl describe tells its state',
  edit: 'in the terminal kubectl edit TYPE/NAME opens the object in the editor; kubectl patch changes it at once',
  kustomize: 'render the files where kustomize is, and apply what it makes',
  options: 'kubectl VERB --help lists the flags',
  plugin: 'plugins cannot be installed in a page',
  kuberc: 'a page has no file of preferences for kubectl',
  'port-forward': 'kubectl exec POD -- curl http://localhost:PORT/ asks a pod from inside',
  proxy: 'kubectl get … -o yaml shows what the API server holds',
  'set selector': 'kubectl patch changes the selector of a Service',
  'set serviceaccount': 'kubectl patch changes the service account of a pod template',
  'set subject': 'roles are kept, and nobody is refused anything',
};
