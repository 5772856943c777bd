// LINT-22 and LINT-23: images that mean something else tomorrow, or come from a registry that is closed.
import { parseImageName } from '#kube';
import { fixes, fixOf, replaceScalar, scalarText } from '../edits.ts';
import { findingAt } from '../finding.ts';
import { containersOf } from '../pods.ts';
import type { LintRule } from '../types.ts';

export const imageWithoutVersion: LintRule = {
  id: 'LINT-22',
  title: 'Image without a version',
  docs: 'https://kubernetes.io/docs/concepts/containers/images/#image-names',
  *check({ sets }) {
    for (const one of sets)
      for (const { container, path } of containersOf(one)) {
        const parsed = parseImageName(container.image ?? '');
        if (parsed?.tag !== 'latest' || parsed.digest !== '') continue;
        const what = container.image.endsWith(':latest') ? 'has the tag latest' : 'has no tag, which means latest';
        yield findingAt(
          one.written,
          [...path, 'image'],
          'info',
          `The image "${container.image}" ${what}: what it is changes without a change of the set, so pods of one revision may run different versions, and there is nothing to roll back to. Name a version.`,
        );
      }
  },
};

/** What the names of images begin with that were at home in a registry that is closed, and why. */
const CLOSED: readonly (readonly [prefix: string, why: string])[] = [
  ['k8s.gcr.io/', 'was frozen in April 2023 and gets no new images'],
  ['gcr.io/google_containers/', 'is the oldest name of the registry k8s.gcr.io, which was frozen in April 2023'],
  ['gcr.io/google-containers/', 'is an old name of the registry k8s.gcr.io, which was frozen in April 2023'],
];

const PRESENT = 'registry.k8s.io';

export const closedRegistry: LintRule = {
  id: 'LINT-23',
  title: 'Image from a closed registry',
  docs: 'https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement/',
  *check({ sets }) {
    for (const one of sets)
      for (const { container, path } of containersOf(one)) {
        const image = container.image ?? '';
        const closed = CLOSED.find(([prefix]) => image.startsWith(prefix));
        if (!closed) continue;
        const [prefix, why] = closed;
        const next = `${PRESENT}/${image.slice(prefix.length)}`;
        const at = [...path, 'image'];
        yield findingAt(
          one.written,
          at,
          'warning',
          `${prefix.slice(0, -1)} ${why}. The images of Kubernetes are at ${PRESENT} now.`,
          fixes(fixOf(one.written.file, `Use ${next}`, [replaceScalar(one.written, at, scalarText(next))])),
        );
      }
  },
};
