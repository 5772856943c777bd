// LINT-10, LINT-11 and LINT-12: claim templates, volumes and mounts that do not meet.
import { type Loose, listAt, textAt } from '#kube';
import { fixes, fixOf, removeItem, replaceScalar, scalarText } from '../edits.ts';
import { findingAt, listed } from '../finding.ts';
import { containersOf, POD_SPEC } from '../pods.ts';
import type { LintRule, Path, SetCase } from '../types.ts';
import { nearestWord } from './nearest-word.ts';

const DOCS = 'https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#volume-claim-templates';

/** A mount of a container: of a file system, or of a raw device. */
interface Mount {
  readonly name: string;
  readonly path: Path;
  readonly container: string;
}

const mountsOf = (one: SetCase): readonly Mount[] =>
  containersOf(one).flatMap(({ container, path }) =>
    ['volumeMounts', 'volumeDevices'].flatMap((field) =>
      listAt(container as unknown as Loose, field).map((mount, index) => ({
        name: textAt(mount, 'name'),
        path: [...path, field, index, 'name'],
        container: container.name,
      })),
    ),
  );

const templatesOf = ({ set }: SetCase): readonly string[] =>
  (set.spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata?.name ?? '');

const volumesOf = ({ set }: SetCase): readonly string[] =>
  (set.spec.template.spec.volumes ?? []).map(({ name }) => name);

export const claimNotMounted: LintRule = {
  id: 'LINT-10',
  title: 'Claim template never mounted',
  docs: DOCS,
  *check({ sets }) {
    for (const one of sets) {
      const mounted = new Set(mountsOf(one).map(({ name }) => name));
      for (const [index, template] of templatesOf(one).entries()) {
        if (template === '' || mounted.has(template)) continue;
        yield findingAt(
          one.written,
          ['spec', 'volumeClaimTemplates', index, 'metadata', 'name'],
          'warning',
          `No container mounts the claim "${template}": each pod gets a volume and waits for it, and nothing is ever written to it. A volumeMount named ${template} would use it.`,
        );
      }
    }
  },
};

export const mountWithoutVolume: LintRule = {
  id: 'LINT-11',
  title: 'Mount without a volume or claim',
  docs: 'https://kubernetes.io/docs/concepts/storage/volumes/',
  *check({ sets }) {
    for (const one of sets) {
      const known = [...templatesOf(one), ...volumesOf(one)];
      const mounts = mountsOf(one);
      for (const { name, path, container } of mounts) {
        if (name === '' || known.includes(name)) continue;
        const unused = known.filter((other) => !mounts.some((mount) => mount.name === other));
        const meant = nearestWord(name, known) ?? (unused.length === 1 ? unused[0] : undefined);
        yield findingAt(
          one.written,
          path,
          'error',
          `The container "${container}" mounts "${name}", and there is neither a claim template nor a volume of that name${known.length === 0 ? '' : `; there is ${listed(known)}`}.`,
          fixes(
            meant === undefined
              ? undefined
              : fixOf(one.written.file, `Mount "${meant}"`, [replaceScalar(one.written, path, scalarText(meant))]),
          ),
        );
      }
    }
  },
};

export const volumeHidden: LintRule = {
  id: 'LINT-12',
  title: 'Claim template hides a volume',
  docs: DOCS,
  *check({ sets }) {
    for (const one of sets) {
      const templates = templatesOf(one);
      for (const [index, volume] of volumesOf(one).entries()) {
        if (!templates.includes(volume)) continue;
        const path = [...POD_SPEC, 'volumes', index];
        yield findingAt(
          one.written,
          [...path, 'name'],
          'warning',
          `A claim template and a volume of the pods are both called "${volume}". The claim wins: what the volume says is never used.`,
          fixes(fixOf(one.written.file, `Remove the volume "${volume}"`, [removeItem(one.written, path)])),
        );
      }
    }
  },
};
