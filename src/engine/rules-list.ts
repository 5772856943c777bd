// All rules by id. Each area keeps its own list beside its code; a new area is one line here.
import { garbageCollectorRules } from './controllers/garbage-collector/rules.ts';
import { statefulSetRules } from './controllers/statefulset/index.ts';
import type { Rule } from './rules.ts';

const lists: readonly (readonly Rule[])[] = [statefulSetRules, garbageCollectorRules];

/** Every rule that the engine cites, by id. */
export const rules: ReadonlyMap<string, Rule> = new Map(lists.flat().map((rule) => [rule.id, rule]));
