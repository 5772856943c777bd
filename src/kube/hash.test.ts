import { describe, expect, it } from 'vitest';
import { applyDefaults } from './defaults.ts';
import vectors from './hash.fixture.json' with { type: 'json' };
import {
  controllerRevisionHash,
  dumpPodTemplate,
  podTemplateHash,
  revisionData,
  revisionText,
  safeEncode,
} from './hash.ts';
import type { PodTemplateSpec } from './types.ts';

const templateOf = (data: string): PodTemplateSpec => {
  const { $patch: _, ...template } = JSON.parse(data).spec.template;
  return template;
};

describe.each(vectors)('$name', ({ data, revision, template, dump }) => {
  it('KUBE-19 serialises the template as Go does, sorted and escaped', () => {
    expect(revisionText(templateOf(data))).toBe(data);
  });
  it('KUBE-19 hashes the revision with the collision count after it', () => {
    const hashes = [controllerRevisionHash(templateOf(data)), controllerRevisionHash(templateOf(data), 1)];
    expect(hashes).toEqual(revision);
  });
  it('KUBE-20 dumps the template with every field of its Go type', () => {
    expect(dumpPodTemplate(templateOf(data))).toBe(dump);
  });
  it('KUBE-20 hashes the dump, with a collision count only where there is one', () => {
    const own = templateOf(data);
    expect([podTemplateHash(own), podTemplateHash(own, 0), podTemplateHash(own, 1)]).toEqual(template);
  });
});

describe('hashes of manifests', () => {
  const templateFor = (image: string, label = 'web'): PodTemplateSpec =>
    (
      applyDefaults('StatefulSet', {
        spec: { template: { metadata: { labels: { app: label } }, spec: { containers: [{ name: 'nginx', image }] } } },
      }) as { spec: { template: PodTemplateSpec } }
    ).spec.template;

  it('KUBE-19 gives the published hashes of the smallest templates', () => {
    expect(controllerRevisionHash(templateFor('nginx'))).toBe('6455bfb9c');
    expect(controllerRevisionHash(templateFor('nginx:1.27'))).toBe('7c44b75699');
  });
  it('KUBE-19 does not depend on the order of keys, nor on nulls and empty fields', () => {
    const template = templateFor('nginx');
    const [container] = template.spec.containers;
    const shuffled = {
      spec: { ...template.spec, volumes: [], containers: [{ ...container, command: [], env: null }] },
      metadata: { annotations: {}, creationTimestamp: null, ...template.metadata },
    } as unknown as PodTemplateSpec;
    expect(controllerRevisionHash(shuffled)).toBe(controllerRevisionHash(template));
  });
  it('KUBE-19 holds a patch that replaces the template', () => {
    expect(revisionData(templateFor('nginx'))).toMatchObject({ spec: { template: { $patch: 'replace' } } });
  });
  it('KUBE-20 tells amounts of 100Ti apart, which Go holds in another way', () => {
    const sized = (memory: string): PodTemplateSpec => ({
      spec: { containers: [{ name: 'a', image: 'a', resources: { requests: { memory } } }] },
    });
    expect(podTemplateHash(sized('100Ti'))).not.toBe(podTemplateHash(sized('101Ti')));
    expect(dumpPodTemplate(sized('100Ti'))).toContain('abs:(big.nat)[109951162777600]');
  });
  it('KUBE-19 spells numbers with letters that make no words', () => {
    expect(safeEncode(1234567890)).toBe('56789bcdf4');
  });
});
