// LINT-40: amounts such as 10GB, which Kubernetes does not read: its units are Ki, Mi, Gi, or k, M, G, without a B.
import { parseQuantity } from '#kube';
import { fixes, fixOf, replaceScalar } from '../edits.ts';
import { pathText } from '../find-node.ts';
import { findingAt } from '../finding.ts';
import type { LintRule } from '../types.ts';
import { typedValues } from './typed-values.ts';

/** Most amounts of one object that are told. */
const FOUND_MAX = 20;
const SHOWN_MAX = 40;

export const unreadableAmount: LintRule = {
  id: 'LINT-40',
  title: 'Amount that cannot be read',
  docs: 'https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/',
  *check({ written }) {
    for (const one of written) {
      if (one.fits) continue;
      let count = 0;
      for (const { type, value, path } of typedValues(one)) {
        if (type.kind !== 'quantity' || typeof value !== 'string' || parseQuantity(value).quantity) continue;
        const meant = meantAmount(value);
        const words = meant === undefined ? '' : ` ${meant} may be meant.`;
        yield findingAt(
          one,
          path,
          'error',
          `${pathText(path)}: "${value.slice(0, SHOWN_MAX)}" is no amount. Kubernetes reads numbers with Ki, Mi, Gi or k, M, G behind them at once, and without a B.${words}`,
          meant === undefined ? [] : fixes(fixOf(one.file, `Write ${meant}`, [replaceScalar(one, path, meant)])),
        );
        count += 1;
        if (count === FOUND_MAX) break;
      }
    }
  },
};

/** 10GB as 10G, 10 GiB as 10Gi, 512mb as 512M, 1,5Gi as 1.5Gi. */
function meantAmount(text: string): string | undefined {
  const found = /^\s*(\d{1,18}(?:[.,]\d{1,9})?)\s*([kmgtp])(i?)b?\s*$/i.exec(text);
  if (!found) return undefined;
  const [, number = '', letter = '', binary = ''] = found;
  const unit = binary === '' && letter.toLowerCase() === 'k' ? 'k' : letter.toUpperCase();
  const meant = `${number.replace(',', '.')}${unit}${binary.toLowerCase()}`;
  return parseQuantity(meant).quantity ? meant : undefined;
}
