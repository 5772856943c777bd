// What would be said of manifests at the moment shown: by kubectl and the server, who are asked in a copy of the
// cluster, and by the lint rules.
import { actNow, type Cluster, loadWorld, newCluster, saveWorld } from '#engine';
import type { KubeObject } from '#kube';
import { type KubectlResult, runKubectl } from '#kubectl';
import { type ClusterNotes, codeOfProblem, diagnose } from '#manifest';
import { momentAfter, ticksUntil } from '#timeline';
import type { Requests } from './protocol.ts';
import type { Play } from './session.ts';

/** A copy of the cluster at the moment shown, in which nobody acts. */
function copyOf({ player }: Play): Cluster {
  const moment = momentAfter(player.current.history, ticksUntil(player.current.history, player.atMs));
  const { config } = player.start.world;
  return newCluster(loadWorld(saveWorld({ ...moment, config, queue: [] })), []);
}

/** What the lint rules may know of a cluster. */
const notesOf = ({ view, world }: Cluster): ClusterNotes => ({
  gates: world.config.gates,
  find: view.find,
  // Kinds that are only kept are listed as well.
  list: (kind, namespace) => view.list(kind as 'Pod', namespace) as readonly KubeObject[],
});

/**
 * Checks files against the cluster at the moment shown; nothing is applied.
 * @param beside files that are open as well: what they hold counts as there, and nothing is said of it
 */
export function checkFiles(play: Play, { files, beside = {} }: Requests['check']['args']): Requests['check']['answer'] {
  const cluster = copyOf(play);
  const found = diagnose({ files, beside, cluster: notesOf(cluster) });
  let result: KubectlResult | undefined;
  const names = Object.keys(files);
  actNow(cluster, 'user', 'check', (turn) => {
    result = runKubectl(turn, `apply ${names.map((name) => `-f '${name}'`).join(' ')}`, { ...files });
    return result.outcome;
  });
  const { problems = [], notSimulated = [] } = result ?? {};
  return {
    problems: [...problems.map((problem) => ({ ...problem, code: codeOfProblem(problem) })), ...found],
    notSimulated,
  };
}
