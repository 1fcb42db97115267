import type { LabelSelector } from '../../../api/sparkpoddefaults.ts';
import { when } from '../../validation/check.ts';
import type { Finding } from '../../validation/violation.ts';
import type { Check } from './check.ts';

const ELSEWHERE = "works in the operator's namespace only:";

/** Elsewhere defaults are for their own namespace. */
export const namespaceSelectorElsewhere: Check = ({ namespaceSelector }, { isOperators }) =>
  when(
    namespaceSelector !== undefined && !isOperators,
    'spec.namespaceSelector',
    `${ELSEWHERE} here defaults are for their own namespace, so leave it out`,
  );

/** What a team's namespace holds is not copied into others. */
export const propagateElsewhere: Check = ({ propagate = false }, { isOperators }) =>
  when(
    propagate && !isOperators,
    'spec.propagate',
    `${ELSEWHERE} here pods find the Secrets and ConfigMaps of their own namespace, so leave it out`,
  );

/** Demands that no selector of Kubernetes may have. */
export const selectorInvalid: Check = ({ selector, namespaceSelector }) => [
  ...selectorFindings('spec.selector', selector),
  ...selectorFindings('spec.namespaceSelector', namespaceSelector),
];

const selectorFindings = (path: string, { matchExpressions = [] }: LabelSelector = {}): readonly Finding[] =>
  matchExpressions.flatMap(({ operator, values = [] }, index) => {
    const field = `${path}.matchExpressions[${index}]`;
    switch (operator) {
      case 'In':
      case 'NotIn':
        return when(values.length === 0, `${field}.values`, `is missing: ${operator} needs at least one value`);
      case 'Exists':
      case 'DoesNotExist':
        return when(values.length > 0, `${field}.values`, `must be left out: ${operator} takes none`);
      default:
        return [
          { field: `${field}.operator`, message: `"${String(operator)}" is none of In, NotIn, Exists, DoesNotExist` },
        ];
    }
  });
