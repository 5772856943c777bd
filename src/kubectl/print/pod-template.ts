// A pod template as describe and `rollout history --revision` tell it: lines whose cells are separated by tabs.
// k8s: kubectl pkg/describe DescribePodTemplate
import type { PodTemplateSpec } from '#kube';
import { containersLines } from './containers.ts';
import { annotationLines, labelLines } from './label-lines.ts';
import { podSpecTailLines } from './pod-parts.ts';
import { volumesLines } from './volumes.ts';

/** The lines of a template, its title first. */
export function podTemplateLines(template: PodTemplateSpec): string[] {
  const { metadata, spec } = template;
  const account = typeof spec.serviceAccountName === 'string' ? spec.serviceAccountName : '';
  return [
    'Pod Template:',
    ...labelLines('  ', 'Labels', metadata?.labels),
    ...(Object.keys(metadata?.annotations ?? {}).length > 0
      ? annotationLines('  Annotations', metadata?.annotations)
      : []),
    ...(account ? [`  Service Account:\t${account}`] : []),
    ...(spec.initContainers?.length ? containersLines('Init Containers', spec.initContainers, '  ') : []),
    ...containersLines('Containers', spec.containers, '  '),
    ...volumesLines(spec.volumes, '  '),
    ...podSpecTailLines(spec, '  '),
  ];
}
