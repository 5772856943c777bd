// KUBE-19, KUBE-20: the two hashes by which controllers recognise a pod template: of a StatefulSet's revision and of a Deployment's
// ReplicaSet. Byte for byte those of a v1.36 control plane. Answers are kept per template, since templates never change.
import { canonicalJson } from './canonical-json.ts';
import { fnv1, fnv1a, fnv1aUint64 } from './fnv.ts';
import { toGo } from './go-fields.ts';
import type { Loose } from './loose.ts';
import { dumpGo } from './spew.ts';
import type { Json, PodTemplateSpec } from './types.ts';

/** Letters and digits that cannot spell a word. k8s: apimachinery util/rand */
export const SAFE_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** A number as text in which every digit is replaced by a letter of the safe alphabet. k8s: rand.SafeEncodeString */
export function safeEncode(hash: number): string {
  let out = '';
  for (const digit of String(hash)) out += SAFE_ALPHABET.charAt(digit.charCodeAt(0) % SAFE_ALPHABET.length);
  return out;
}

interface TemplateFacts {
  readonly data: Json;
  readonly text: string;
}

const factsOf = new WeakMap<object, TemplateFacts>();
const dumpOf = new WeakMap<object, string>();

function templateFacts(template: PodTemplateSpec): TemplateFacts {
  const known = factsOf.get(template);
  if (known !== undefined) return known;
  const data = { spec: { template: { ...toGo('v1.PodTemplateSpec', template), $patch: 'replace' } } } as Json;
  const facts = { data, text: canonicalJson(data) };
  factsOf.set(template, facts);
  return facts;
}

/** What a ControllerRevision holds: a patch that puts the template back. k8s: getPatch */
export const revisionData = (template: PodTemplateSpec): Json => templateFacts(template).data;

/** The same as text, sorted and escaped; two templates are equal when these texts are. */
export const revisionText = (template: PodTemplateSpec): string => templateFacts(template).text;

/**
 * The hash in the name of a StatefulSet's revision.
 * @param template the template as stored, with defaults
 * @param collisionCount status.collisionCount; 0 when it is not set
 */
export const controllerRevisionHash = (template: PodTemplateSpec, collisionCount = 0): string =>
  safeEncode(fnv1(String(collisionCount), fnv1(revisionText(template))));

/**
 * The value of the label pod-template-hash.
 * @param template the Deployment's template as stored, without that label
 * @param collisionCount status.collisionCount, if the Deployment has one
 * k8s: controller.ComputeHash
 */
export function podTemplateHash(template: PodTemplateSpec, collisionCount?: number): string {
  let text = dumpOf.get(template);
  if (text === undefined) {
    text = dumpPodTemplate(template);
    dumpOf.set(template, text);
  }
  const hash = fnv1a(text);
  return safeEncode(collisionCount === undefined ? hash : fnv1aUint64(collisionCount, hash));
}

/** The dump of a template that its hash is made of. */
export const dumpPodTemplate = (template: PodTemplateSpec): string =>
  dumpGo('v1.PodTemplateSpec', toGo('v1.PodTemplateSpec', template) satisfies Loose);
