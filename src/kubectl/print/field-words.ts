// What fields are for, in a sentence each: those of StatefulSets and what belongs to them. Data of `kubectl explain`.

export const KIND_WORDS: Readonly<Record<string, string>> = {
  Deployment: 'Keeps a number of pods of a template running; any of them stands for any other.',
  EndpointSlice: 'A part of the addresses that are behind a Service.',
  Node: 'A machine of the cluster.',
  PersistentVolume: 'A piece of storage of the cluster, whoever uses it.',
  PersistentVolumeClaim: "A person's request for storage, and the volume that answers it.",
  Pod: 'Containers that run together on one node.',
  PodDisruptionBudget: 'How many pods of a group may be taken away at a time by will.',
  ReplicaSet: 'Keeps a number of equal pods running.',
  Service: 'A name and an address, or names, for a group of pods.',
  StatefulSet:
    'Pods with names and storage of their own: each has an ordinal, and keeps its name and its claims for life.',
  StorageClass: 'How volumes come about for claims that name it.',
};

/** By the struct and the JSON name of the field. */
export const FIELD_WORDS: Readonly<Record<string, string>> = {
  'StatefulSet.apiVersion': 'Group and version of the kind.',
  'StatefulSet.kind': 'The kind of the object.',
  'StatefulSet.metadata': 'Name, namespace, labels, annotations and what the server keeps about the object.',
  'StatefulSet.spec': 'What the pods of the set should be like.',
  'StatefulSet.status': 'How far the set is; it may lag behind.',
  'StatefulSetSpec.minReadySeconds':
    'How long a pod must be ready without a break before it counts as available. 0 where nothing is said.',
  'StatefulSetSpec.ordinals': 'Which numbers the pods have.',
  'StatefulSetSpec.persistentVolumeClaimRetentionPolicy':
    'What becomes of the claims when the set is deleted or gets smaller. They stay where nothing is said.',
  'StatefulSetSpec.podManagementPolicy':
    'Whether pods are created and deleted one after the other, or all at once. It cannot be changed.',
  'StatefulSetSpec.replicas': 'How many pods there should be. 1 where nothing is said.',
  'StatefulSetSpec.revisionHistoryLimit': 'How many old revisions are kept to go back to. 10 where nothing is said.',
  'StatefulSetSpec.selector':
    'By which labels the set knows its pods. It must fit the labels of the template, and cannot be changed.',
  'StatefulSetSpec.serviceName':
    'The headless Service that gives the pods their names in DNS. It must be made by itself, and cannot be changed.',
  'StatefulSetSpec.template': 'What each pod is made of. A change of it is a new revision.',
  'StatefulSetSpec.updateStrategy': 'How pods of an old revision are replaced.',
  'StatefulSetSpec.volumeClaimTemplates':
    'Claims that each pod gets of its own, named after the template and the pod. They cannot be changed.',
  'StatefulSetOrdinals.start': 'The first number. 0 where nothing is said.',
  'StatefulSetUpdateStrategy.rollingUpdate': 'How a rolling update goes.',
  'StatefulSetUpdateStrategy.type': 'Whether pods are replaced by themselves, or only once they are deleted.',
  'RollingUpdateStatefulSetStrategy.maxUnavailable': 'How many pods may be unavailable during an update.',
  'RollingUpdateStatefulSetStrategy.partition':
    'Only pods with this ordinal or a higher one are updated. 0 where nothing is said.',
  'StatefulSetPersistentVolumeClaimRetentionPolicy.whenDeleted': 'What becomes of the claims when the set is deleted.',
  'StatefulSetPersistentVolumeClaimRetentionPolicy.whenScaled':
    'What becomes of the claims of pods that are no longer wanted.',
  'StatefulSetStatus.availableReplicas': 'Pods that have been ready for minReadySeconds.',
  'StatefulSetStatus.collisionCount': 'How often the name of a revision was taken already.',
  'StatefulSetStatus.currentReplicas': 'Pods of the current revision.',
  'StatefulSetStatus.currentRevision': 'The revision that pods below the partition have.',
  'StatefulSetStatus.observedGeneration': 'The generation that the controller has seen.',
  'StatefulSetStatus.readyReplicas': 'Pods that are ready.',
  'StatefulSetStatus.replicas': 'Pods that there are.',
  'StatefulSetStatus.updateRevision': 'The revision of the present template.',
  'StatefulSetStatus.updatedReplicas': 'Pods of the update revision.',
  'ObjectMeta.annotations': 'Values that tools keep with the object.',
  'ObjectMeta.creationTimestamp': 'When the object was created.',
  'ObjectMeta.deletionTimestamp': 'From when on the object is to be gone. Set by the server.',
  'ObjectMeta.finalizers': 'Who has something to do before the object goes.',
  'ObjectMeta.labels': 'Values by which objects are found and selected.',
  'ObjectMeta.name': 'The name of the object, unique for its kind in its namespace.',
  'ObjectMeta.namespace': 'The namespace in which the name is unique.',
  'ObjectMeta.ownerReferences': 'Objects that this one belongs to: when all are gone, it goes.',
  'ObjectMeta.resourceVersion': 'A version that changes with every write.',
  'ObjectMeta.uid': 'What tells this object from every other, also from later ones of its name.',
  'PodSpec.affinity': 'Near what, and far from what, the pod should run.',
  'PodSpec.containers': 'What runs in the pod.',
  'PodSpec.hostname': 'The name of the pod inside.',
  'PodSpec.initContainers': 'What runs to its end, one after the other, before the containers.',
  'PodSpec.nodeName': 'The node; set by the scheduler.',
  'PodSpec.nodeSelector': 'Labels that the node must have.',
  'PodSpec.restartPolicy': 'Whether containers that end are started again.',
  'PodSpec.subdomain': 'With the host name it makes the name in DNS.',
  'PodSpec.terminationGracePeriodSeconds':
    'How long the containers have between the signal to end and being killed. 30 where nothing is said.',
  'PodSpec.tolerations': 'Taints of nodes that do not keep the pod away.',
  'PodSpec.topologySpreadConstraints': 'How evenly pods are spread over zones or nodes.',
  'PodSpec.volumes': 'Storage that containers may mount.',
  'Container.args': 'Arguments of the command.',
  'Container.command': "What runs, in place of the image's own.",
  'Container.env': 'Variables of the environment.',
  'Container.image': 'What the container is made from.',
  'Container.livenessProbe': 'The container is restarted when this fails.',
  'Container.name': 'The name of the container, unique in the pod.',
  'Container.ports': 'Ports on which it listens.',
  'Container.readinessProbe': 'While this fails, the pod gets no traffic and its set waits.',
  'Container.resources': 'What it needs of the node, and how much it may use.',
  'Container.startupProbe': 'Until this succeeds, the other probes wait.',
  'Container.volumeMounts': 'Where volumes stand in its files.',
  'PersistentVolumeClaimSpec.accessModes': 'How the volume is to be mounted: by one node, by many, only to read.',
  'PersistentVolumeClaimSpec.resources': 'How much storage is needed.',
  'PersistentVolumeClaimSpec.storageClassName':
    "The class that makes the volume. Empty text: none, and only volumes without a class; nothing: the cluster's default.",
  'PersistentVolumeClaimSpec.volumeName': 'The volume that the claim is bound to.',
  'ServiceSpec.clusterIP': "The Service's own address. None makes it headless: its name leads to the pods themselves.",
  'ServiceSpec.ports': 'Ports of the Service, and those of the pods behind them.',
  'ServiceSpec.publishNotReadyAddresses': 'Whether pods are in DNS before they are ready.',
  'ServiceSpec.selector': 'Labels of the pods behind it.',
};

/** A type and its fields that have to be there. */
const REQUIRED_TABLE = `
StatefulSetSpec selector template
DeploymentSpec selector template
ReplicaSetSpec selector
DaemonSetSpec selector template
JobSpec template
CronJobSpec jobTemplate schedule
PodSpec containers
Container name
ContainerPort containerPort
EnvVar name
VolumeMount mountPath name
VolumeDevice devicePath name
Volume name
HTTPGetAction port
TCPSocketAction port
GRPCAction port
HTTPHeader name value
SleepAction seconds
ConfigMapKeySelector key
SecretKeySelector key
FileKeySelector key path volumeName
ObjectFieldSelector fieldPath
ResourceFieldSelector resource
KeyToPath key path
DownwardAPIVolumeFile path
ServiceAccountTokenProjection path
PersistentVolumeClaimVolumeSource claimName
PersistentVolumeClaimTemplate spec
HostPathVolumeSource path
NFSVolumeSource path server
LocalVolumeSource path
CSIVolumeSource driver
CSIPersistentVolumeSource driver volumeHandle
TypedLocalObjectReference kind name
TypedObjectReference kind name
LabelSelectorRequirement key operator
NodeSelector nodeSelectorTerms
NodeSelectorRequirement key operator
PreferredSchedulingTerm preference weight
PodAffinityTerm topologyKey
WeightedPodAffinityTerm podAffinityTerm weight
TopologySpreadConstraint maxSkew topologyKey whenUnsatisfiable
PodReadinessGate conditionType
PodSchedulingGate name
PodResourceClaim name
ResourceClaim name
HostAlias ip
SeccompProfile type
AppArmorProfile type
Sysctl name value
OwnerReference apiVersion kind name uid
Taint effect key
ServicePort port
StorageClass provisioner
TopologySelectorLabelRequirement key values
EndpointSlice addressType endpoints
Endpoint addresses
ControllerRevision revision
StatefulSetStatus replicas
ReplicaSetStatus replicas
StatefulSetCondition status type
DeploymentCondition status type
ReplicaSetCondition status type
PodCondition status type
NodeCondition status type
NodeAddress address type
PersistentVolumeClaimCondition status type
Condition lastTransitionTime message reason status type
PodDisruptionBudgetStatus currentHealthy desiredHealthy disruptionsAllowed expectedPods
ContainerStatus image imageID name ready restartCount
ContainerStateTerminated exitCode
`;

/** Fields that have to be there. */
export const REQUIRED: ReadonlySet<string> = new Set(
  REQUIRED_TABLE.trim()
    .split('\n')
    .flatMap((line) => {
      const [struct = '', ...fields] = line.split(' ');
      return fields.map((field) => `${struct}.${field}`);
    }),
);

/** The values of fields that have few. */
export const ENUMS: Readonly<Record<string, readonly string[]>> = {
  'StatefulSetSpec.podManagementPolicy': ['OrderedReady', 'Parallel'],
  'StatefulSetUpdateStrategy.type': ['OnDelete', 'RollingUpdate'],
  'PodSpec.restartPolicy': ['Always', 'Never', 'OnFailure'],
  'Container.imagePullPolicy': ['Always', 'IfNotPresent', 'Never'],
  'Container.terminationMessagePolicy': ['FallbackToLogsOnError', 'File'],
  'ContainerPort.protocol': ['SCTP', 'TCP', 'UDP'],
  'DeploymentStrategy.type': ['Recreate', 'RollingUpdate'],
  'HTTPGetAction.scheme': ['HTTP', 'HTTPS'],
  'PersistentVolumeClaimSpec.volumeMode': ['Block', 'Filesystem'],
  'PersistentVolumeClaimStatus.phase': ['Bound', 'Lost', 'Pending'],
  'PersistentVolumeSpec.persistentVolumeReclaimPolicy': ['Delete', 'Recycle', 'Retain'],
  'PersistentVolumeSpec.volumeMode': ['Block', 'Filesystem'],
  'PodSpec.dnsPolicy': ['ClusterFirst', 'ClusterFirstWithHostNet', 'Default', 'None'],
  'PodSpec.preemptionPolicy': ['Never', 'PreemptLowerPriority'],
  'PodStatus.phase': ['Failed', 'Pending', 'Running', 'Succeeded', 'Unknown'],
  'ServicePort.protocol': ['SCTP', 'TCP', 'UDP'],
  'ServiceSpec.externalTrafficPolicy': ['Cluster', 'Local'],
  'ServiceSpec.internalTrafficPolicy': ['Cluster', 'Local'],
  'ServiceSpec.ipFamilyPolicy': ['PreferDualStack', 'RequireDualStack', 'SingleStack'],
  'ServiceSpec.sessionAffinity': ['ClientIP', 'None'],
  'ServiceSpec.type': ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'],
  'StorageClass.reclaimPolicy': ['Delete', 'Recycle', 'Retain'],
  'StorageClass.volumeBindingMode': ['Immediate', 'WaitForFirstConsumer'],
  'Taint.effect': ['NoExecute', 'NoSchedule', 'PreferNoSchedule'],
  'Toleration.effect': ['NoExecute', 'NoSchedule', 'PreferNoSchedule'],
  'TopologySpreadConstraint.whenUnsatisfiable': ['DoNotSchedule', 'ScheduleAnyway'],
};
