// Small manifests that tasks and tutorials name besides, written anew with the same objects.

const budget = (rule: string): string => `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: zk-pdb
spec:
  ${rule}
  selector:
    matchLabels:
      app: zookeeper
`;

const DNSUTILS = `apiVersion: v1
kind: Pod
metadata:
  name: dnsutils
  namespace: default
spec:
  restartPolicy: Always
  containers:
  - name: dnsutils
    image: registry.k8s.io/e2e-test-images/agnhost:2.39
    imagePullPolicy: IfNotPresent
`;

/** By the paths under which they are named. */
export const OTHERS: Readonly<Record<string, string>> = {
  'admin/dns/dnsutils.yaml': DNSUTILS,
  'policy/zookeeper-pod-disruption-budget-minavailable.yaml': budget('minAvailable: 2'),
  'policy/zookeeper-pod-disruption-budget-maxunavailable.yaml': budget('maxUnavailable: 1'),
};
