// A pod template as describe and `rollout history --revision` tell it: lines whose cells are separated by tabs.
// k8s: kubectl pkg/describe DescribePodTemplate
import type { PodTemplateSpec } from '#kube';
import { containersLines, labelLines, podSpecTailLines, volumesLines } from './pod-parts.ts';

/** The lines of a template, its title first. `level` is how deep it stands. */
export function podTemplateLines(template: PodTemplateSpec): string[] {
  const { metadata, spec } = template;
  const account = typeof spec.serviceAccountName === 'string' ? spec.serviceAccountName : '';
  return [
    'Pod Template:',
    ...labelLines('  ', 'Labels', metadata?.labels),
    ...(Object.keys(metadata?.annotations ?? {}).length > 0
      ? labelLines('  ', 'Annotations', metadata?.annotations, ': ')
      : []),
    ...(account ? [`  Service Account:\t${account}`] : []),
    ...(spec.initContainers?.length ? containersLines('Init Containers', spec.initContainers, undefined, '  ') : []),
    ...containersLines('Containers', spec.containers, undefined, '  '),
    ...volumesLines(spec.volumes, '  '),
    ...podSpecTailLines(spec, '  '),
  ];
}
