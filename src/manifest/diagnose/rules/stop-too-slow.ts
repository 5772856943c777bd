// LINT-21: a preStop hook that outlasts the time a pod is given to stop.
import { type Loose, numberAt, objectAt, objectOr, textsAt } from '#kube';
import { fixes, fixOf, replaceScalar } from '../edits.ts';
import { findingAt } from '../finding.ts';
import { containersOf, POD_SPEC } from '../pods.ts';
import type { LintRule } from '../types.ts';

const GRACE_DEFAULT_SECONDS = 30;

export const stopTooSlow: LintRule = {
  id: 'LINT-21',
  title: 'preStop hook outlasts the grace period',
  docs: 'https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-execution',
  *check({ sets }) {
    for (const one of sets) {
      const path = [...POD_SPEC, 'terminationGracePeriodSeconds'];
      const grace = one.set.spec.template.spec.terminationGracePeriodSeconds ?? GRACE_DEFAULT_SECONDS;
      for (const { container, path: at } of containersOf(one)) {
        const sleeps = hookSeconds(container as unknown as Loose);
        if (sleeps === undefined || sleeps < grace) continue;
        const wanted = Math.ceil(sleeps) + GRACE_DEFAULT_SECONDS;
        yield findingAt(
          one.written,
          [...at, 'lifecycle', 'preStop'],
          'warning',
          `The preStop hook sleeps for ${sleeps} s, and the pod is given ${grace} s to stop (terminationGracePeriodSeconds), the hook included: the process gets no time of its own and is killed.`,
          fixes(
            fixOf(one.written.file, `Give the pod ${wanted} s to stop`, [
              replaceScalar(one.written, path, String(wanted)),
            ]),
          ),
        );
      }
    }
  },
};

/** How long a hook surely takes; undefined where that cannot be told. */
function hookSeconds(container: Loose): number | undefined {
  const hook = objectAt(objectOr(container, 'lifecycle'), 'preStop');
  const sleep = objectAt(hook, 'sleep');
  if (sleep) return numberAt(sleep, 'seconds');
  const command = textsAt(objectOr(hook, 'exec'), 'command');
  const [first = '', second = '', third = ''] = command;
  const isShell = /(?:^|\/)(?:ba|da|a)?sh$/.test(first) && /^-[a-z]*c$/.test(second);
  const found = /^\s*(?:\/bin\/)?sleep\s+(\d+(?:\.\d+)?)s?\s*(?:;|&&|\n|$)/.exec(isShell ? third : command.join(' '));
  return found ? Number(found[1]) : undefined;
}
