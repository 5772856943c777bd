// LINT-14 and LINT-15: disruption budgets that never let a pod go, or always do.
import { type PodDisruptionBudget, resolveIntOrPercent } from '#kube';
import { findingAt, listed } from '../finding.ts';
import { type Workload, workloadsOf } from '../pods.ts';
import type { Finding, LintContext, LintRule, Written } from '../types.ts';

const DOCS = 'https://kubernetes.io/docs/tasks/run-application/configure-pdb/';

/** A budget with the workloads that it is about. */
interface BudgetCase {
  readonly written: Written;
  readonly spec: PodDisruptionBudget['spec'];
  readonly workloads: readonly Workload[];
  /** Pods that there should be; undefined where a workload does not say. */
  readonly total: number | undefined;
  /** An autoscaler may change that number. */
  readonly isScaled: boolean;
}

function budgetsIn(context: LintContext): readonly BudgetCase[] {
  return context.written
    .filter(({ info, isSound }) => isSound && info.kind === 'PodDisruptionBudget')
    .map((written) => {
      const { spec } = written.object as unknown as PodDisruptionBudget;
      const workloads = spec?.selector ? workloadsOf(context, written.namespace, spec.selector) : [];
      const total = workloads.reduce<number | undefined>(
        (sum, { replicas }) => (sum === undefined || replicas === undefined ? undefined : sum + replicas),
        0,
      );
      const isScaled = context.list('HorizontalPodAutoscaler', written.namespace).length > 0;
      return { written, spec: spec ?? {}, workloads, total, isScaled };
    });
}

const namesOf = (workloads: readonly Workload[]): string => listed(workloads.map(({ name }) => `"${name}"`));

export const budgetNeverAllows: LintRule = {
  id: 'LINT-14',
  title: 'Budget that never lets a pod go',
  docs: DOCS,
  *check(context) {
    for (const { written, spec, workloads, total, isScaled } of budgetsIn(context)) {
      if (workloads.length === 0 || total === 0) continue;
      const { minAvailable, maxUnavailable } = spec;
      const field = minAvailable === undefined ? 'maxUnavailable' : 'minAvailable';
      const value = minAvailable ?? maxUnavailable;
      if (value === undefined) continue;
      const isAlways = field === 'maxUnavailable' ? isZero(value) : value === '100%';
      const least = total === undefined || isScaled ? undefined : resolveIntOrPercent(value, total, 'up');
      if (!isAlways && (field === 'maxUnavailable' || least === undefined || total === undefined || least < total))
        continue;
      const why =
        field === 'maxUnavailable'
          ? 'maxUnavailable is 0'
          : total === undefined || isAlways
            ? `minAvailable is ${value}`
            : `minAvailable is ${value}, and there are ${total}`;
      yield findingAt(
        written,
        ['spec', field],
        'warning',
        `This budget never lets a healthy pod of ${namesOf(workloads)} be evicted: ${why}. kubectl drain waits for ever on their nodes.`,
      );
    }
  },
};

export const budgetNeverForbids: LintRule = {
  id: 'LINT-15',
  title: 'Budget that never holds a pod back',
  docs: DOCS,
  *check(context) {
    for (const budget of budgetsIn(context)) {
      const found = budget.workloads.length === 0 ? aboutNobody(context, budget) : holdsNobody(budget);
      if (found) yield found;
    }
  },
};

/** Said only where the files hold a set in that namespace, and nothing whose pods are not known. */
function aboutNobody(context: LintContext, { written, spec }: BudgetCase): Finding | undefined {
  const isAlone = !context.sets.some(({ namespace }) => namespace === written.namespace);
  if (isAlone || context.hasUnknownKinds || spec.selector === undefined) return undefined;
  return findingAt(
    written,
    ['spec', 'selector'],
    'warning',
    'No pod in these files or in the cluster has the labels that this budget selects: it protects nothing.',
  );
}

function holdsNobody({ written, spec, workloads, total, isScaled }: BudgetCase): Finding | undefined {
  const { minAvailable, maxUnavailable } = spec;
  if (total === 0) return undefined;
  if (minAvailable !== undefined) {
    if (!isZero(minAvailable)) return undefined;
    return findingAt(
      written,
      ['spec', 'minAvailable'],
      'warning',
      `This budget protects nothing: minAvailable is ${minAvailable}, so all pods of ${namesOf(workloads)} may be evicted at once.`,
    );
  }
  if (maxUnavailable === undefined || total === undefined) return undefined;
  const most = resolveIntOrPercent(maxUnavailable, total, 'up');
  if (most === undefined || most < total || (isScaled && maxUnavailable !== '100%')) return undefined;
  return findingAt(
    written,
    ['spec', 'maxUnavailable'],
    'warning',
    `This budget protects nothing: maxUnavailable is ${maxUnavailable}, and ${namesOf(workloads)} ${total === 1 ? 'has one pod' : `have ${total} pods`}, so all may be evicted at once.`,
  );
}

const isZero = (value: string | number): boolean => value === 0 || value === '0%';
