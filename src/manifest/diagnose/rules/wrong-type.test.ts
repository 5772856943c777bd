import { describe, expect, it } from 'vitest';
import { fixed, lineOf, lint, withService } from '../testing/lint.ts';

const CONTAINER =
  '          env:\n            - name: PORT\n              value: 8080\n            - {name: DEBUG, value: yes}\n';

describe('a value of another type', () => {
  it('LINT-39 is a number or a yes where a text is wanted, and quotes make a text of it', () => {
    const bad = withService({ container: CONTAINER });
    const found = lint(bad, 'LINT-39');
    expect(found.map(({ from }) => from.line)).toEqual([lineOf(bad, 'value: 8080'), lineOf(bad, 'value: yes')]);
    expect(found[0]?.message).toBe(
      'spec.template.spec.containers[0].env[0].value takes a text, and without quotes this is read as the number 8080. Put it in quotes.',
    );
    const once = fixed(bad, 'LINT-39');
    expect(once).toContain('value: "8080"');
    const twice = fixed(once, 'LINT-39');
    expect(twice).toContain('value: "yes"');
    expect(lint(twice)).toEqual([]);
  });

  it('LINT-39 is an octal number where a text is wanted: it keeps its digits', () => {
    const bad = withService({ labels: '        app: web\n        code: 0755\n' });
    expect(fixed(bad, 'LINT-39')).toContain('code: "0755"');
  });

  it('LINT-39 is a text where a number is wanted', () => {
    const bad = withService({ spec: '  replicas: "3"\n' });
    expect(fixed(bad, 'LINT-39')).toBe(withService({ spec: '  replicas: 3\n' }));
    const worse = withService({ spec: '  replicas: three\n' });
    expect(lint(worse, 'LINT-39')[0]).toMatchObject({ message: 'spec.replicas takes a number, and this is a text.' });
    expect(lint(worse, 'LINT-39')[0]?.fixes ?? []).toEqual([]);
  });

  it('LINT-39 is one value where a list is wanted', () => {
    const bad = withService({ pod: '      hostAliases: []\n', container: '          command: sleep\n' });
    expect(fixed(bad, 'LINT-39')).toContain('command: [sleep]');
    const words = withService({ container: '          command: sleep 1\n' });
    expect(lint(words, 'LINT-39')[0]?.fixes ?? []).toEqual([]);
  });

  it('LINT-39 is not said of what the field takes', () => {
    expect(
      lint(withService({ container: CONTAINER.replace('8080', "'8080'").replace('yes', '"yes"') }), 'LINT-39'),
    ).toEqual([]);
  });
});
