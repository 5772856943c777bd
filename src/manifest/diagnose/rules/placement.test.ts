// What is said of anti-affinity and of disruption budgets.
import { describe, expect, it } from 'vitest';
import { fixed, lineOf, lint, setOf, withService } from '../testing/lint.ts';

const apart = (app: string) => `      affinity:
        podAntiAffinity:
          requiredDuringSchedulingIgnoredDuringExecution:
            - topologyKey: kubernetes.io/hostname
              labelSelector:
                matchLabels:
                  app: ${app}
`;

describe('an anti-affinity', () => {
  it('LINT-13 is about none of the pods, its own included', () => {
    const text = withService({ pod: apart('ngnix') });
    expect(lint(text, 'LINT-13')).toMatchObject([
      { severity: 'warning', from: { line: lineOf(text, 'labelSelector') } },
    ]);
    expect(fixed(text, 'LINT-13')).toBe(withService({ pod: apart('nginx') }));
  });

  it('LINT-13 may be about others, or about pods elsewhere', () => {
    const other = setOf({
      name: 'cache',
      labels: '        app: cache\n',
      selector: '  selector: {matchLabels: {app: cache}}\n',
    });
    expect(lint(`${withService({ pod: apart('cache') })}---\n${other}`, 'LINT-13')).toEqual([]);
    const elsewhere = apart('x').replace(
      '              labelSelector',
      '              namespaces: [other]\n              labelSelector',
    );
    expect(lint(withService({ pod: elsewhere }), 'LINT-13')).toEqual([]);
  });

  it('LINT-13 is well when one of its terms means the pods', () => {
    const both = apart('x')
      .replace('requiredDuring', 'requiredDuring')
      .concat(
        '          preferredDuringSchedulingIgnoredDuringExecution:\n            - weight: 1\n              podAffinityTerm:\n                topologyKey: zone\n                labelSelector:\n                  matchExpressions: [{key: app, operator: In, values: [nginx]}]\n',
      );
    expect(lint(withService({ pod: both }), 'LINT-13')).toEqual([]);
  });

  it('LINT-13 by expression is mended in place', () => {
    const expression = apart('x').replace(
      'matchLabels:\n                  app: x',
      'matchExpressions:\n                  - key: app\n                    operator: In\n                    values:\n                      - x',
    );
    expect(fixed(withService({ pod: expression }), 'LINT-13')).toContain('values:\n                      - nginx\n');
  });
});

describe('a disruption budget', () => {
  const budget = (spec: string, app = 'nginx') => `---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: budget}
spec:
  ${spec}
  selector: {matchLabels: {app: ${app}}}
`;
  const three = withService({ spec: '  replicas: 3\n' });

  it.each(['minAvailable: 3', 'minAvailable: 100%', 'minAvailable: 80%', 'maxUnavailable: 0', 'maxUnavailable: 0%'])(
    'LINT-14 never lets a pod go with %s of 3',
    (spec) => {
      expect(lint(three + budget(spec), 'LINT-14')[0]?.message).toContain('"web"');
      expect(lint(three + budget(spec), 'LINT-15')).toEqual([]);
    },
  );

  it.each(['minAvailable: 0', 'minAvailable: 0%', 'maxUnavailable: 3', 'maxUnavailable: 100%', 'maxUnavailable: 90%'])(
    'LINT-15 never holds a pod back with %s of 3',
    (spec) => {
      expect(lint(three + budget(spec), 'LINT-15')).toHaveLength(1);
      expect(lint(three + budget(spec), 'LINT-14')).toEqual([]);
    },
  );

  it.each(['minAvailable: 2', 'maxUnavailable: 1', 'minAvailable: 50%', 'maxUnavailable: 34%'])(
    'LINT-14, LINT-15 is of use with %s of 3',
    (spec) => {
      expect(lint(three + budget(spec))).toEqual([]);
    },
  );

  it('LINT-15 selects no pod at all', () => {
    expect(lint(three + budget('maxUnavailable: 1', 'other'), 'LINT-15')[0]?.message).toContain(
      'No pod in these files',
    );
    const operator = '---\napiVersion: db.example/v1\nkind: Database\nmetadata: {name: x}\n';
    expect(
      lint(three + operator + budget('maxUnavailable: 1', 'other'), 'LINT-15'),
      'pods may come from elsewhere',
    ).toEqual([]);
    expect(lint(budget('maxUnavailable: 1', 'other')), 'the set may be elsewhere').toEqual([]);
  });

  it('LINT-14, LINT-15 do not count replicas that an autoscaler sets, nor those that nobody says', () => {
    const scaler =
      '---\napiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: s}\nspec: {scaleTargetRef: {kind: StatefulSet, name: web}, maxReplicas: 9}\n';
    const daemons =
      '---\napiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: d}\nspec: {selector: {matchLabels: {app: nginx}}, template: {metadata: {labels: {app: nginx}}, spec: {containers: [{name: c, image: "c:1"}]}}}\n';
    for (const spec of ['minAvailable: 1', 'maxUnavailable: 1']) {
      expect(lint(withService() + scaler + budget(spec))).toEqual([]);
      expect(lint(withService() + daemons + budget(spec))).toEqual([]);
    }
    expect(lint(withService() + scaler + budget('maxUnavailable: 0'), 'LINT-14')).toHaveLength(1);
    expect(lint(withService({ spec: '  replicas: 0\n' }) + budget('minAvailable: 1'))).toEqual([]);
  });
});
