// Every lint rule. A new one is a file beside this and a line here.
import type { LintRule } from '../types.ts';
import { antiAffinity } from './anti-affinity.ts';
import { autoscaledReplicas } from './autoscaled-replicas.ts';
import { brokenIndent } from './broken-indent.ts';
import { budgetNeverAllows, budgetNeverForbids } from './budget.ts';
import { claimNotMounted, mountWithoutVolume, volumeHidden } from './claim-mounts.ts';
import { classMissing, noDefaultClass } from './class-missing.ts';
import { keyTwice, writtenTwice } from './duplicates.ts';
import { closedRegistry, imageWithoutVersion } from './images.ts';
import { immutableField } from './immutable-field.ts';
import { misplacedField } from './misplaced-field.ts';
import { misspeltField } from './misspelt-field.ts';
import { nameTooLong } from './name-too-long.ts';
import { noServiceNamed } from './no-service-named.ts';
import { oldVersion } from './old-version.ts';
import { pastedDiff } from './pasted-diff.ts';
import { pastedEllipsis, pastedFence, pastedLookalike } from './pasted-page.ts';
import { pastedHeredoc, pastedPrompt } from './pasted-shell.ts';
import { probeNeverPasses } from './probes.ts';
import { selectorMismatch } from './selector-mismatch.ts';
import { serviceElsewhere } from './service-elsewhere.ts';
import { serviceMissing } from './service-missing.ts';
import { serviceNotHeadless } from './service-not-headless.ts';
import { serviceOtherLabels } from './service-other-labels.ts';
import { stopTooSlow } from './stop-too-slow.ts';
import { tabIndent } from './tabs.ts';
import { unfilledPlaceholder, unfilledTemplate } from './unfilled-template.ts';
import { unreadableAmount } from './unreadable-amount.ts';
import { maxUnavailableIgnored, partitionTooHigh } from './update-strategy.ts';
import { wrongType } from './wrong-type.ts';

export const lintRules: readonly LintRule[] = [
  serviceMissing,
  serviceNotHeadless,
  serviceElsewhere,
  serviceOtherLabels,
  noServiceNamed,
  selectorMismatch,
  immutableField,
  classMissing,
  noDefaultClass,
  claimNotMounted,
  mountWithoutVolume,
  volumeHidden,
  antiAffinity,
  budgetNeverAllows,
  budgetNeverForbids,
  partitionTooHigh,
  maxUnavailableIgnored,
  autoscaledReplicas,
  nameTooLong,
  probeNeverPasses,
  stopTooSlow,
  imageWithoutVersion,
  closedRegistry,
  misplacedField,
  misspeltField,
  oldVersion,
  pastedHeredoc,
  pastedPrompt,
  pastedDiff,
  unfilledTemplate,
  unfilledPlaceholder,
  pastedFence,
  pastedEllipsis,
  pastedLookalike,
  tabIndent,
  writtenTwice,
  keyTwice,
  brokenIndent,
  wrongType,
  unreadableAmount,
];
