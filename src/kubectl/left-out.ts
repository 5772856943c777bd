// Commands of the real kubectl that Ordinal leaves out, and what to use instead.

/** By the first word behind `kubectl`, or the first two. */
const FILE = 'write the object to a file, and kubectl create -f FILE';

export const LEFT_OUT: Readonly<Record<string, string>> = {
  attach: 'kubectl logs POD -f shows what a container prints, kubectl exec -it POD -- sh gives a shell in it',
  certificate: 'there are no certificates in the simulated cluster',
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
  'port-forward': 'kubectl exec POD -- curl http://localhost:PORT/ asks a pod from inside',
  proxy: 'kubectl get … -o yaml shows what the API server holds',
};
