import type { FoundOperator } from '../operator/find-operator.ts';
import type { Admission } from './labels-for-scope.ts';

/** What the person at the keyboard still has to do so that the operator runs the applications of a namespace; empty when nothing. */
export function nextSteps(namespace: string, operator: FoundOperator, admission: Admission): readonly string[] {
  const name = `${operator.namespace}/${operator.release}`;
  switch (admission.kind) {
    case 'seen':
    case 'labels':
      return [];
    case 'listed':
      return [
        `The operator ${name} runs the applications of listed namespaces, and "${namespace}" is not among them. Add it with:`,
        `  ${helmCommand(operator, admission.namespaces)}`,
      ];
    case 'refused':
      return [
        `The operator ${name} passes over namespaces with the label "${admission.key}" (--namespace-selector), which`,
        `"${namespace}" has. Remove it with:  kubectl label namespace ${namespace} ${admission.key}-`,
      ];
  }
}

/** The chart makes the controller's Role in each listed namespace, and tells the controller. */
const helmCommand = ({ release, namespace }: FoundOperator, namespaces: readonly string[]): string =>
  [
    `helm upgrade ${release} charts/spark-operator --namespace ${namespace} --reset-then-reuse-values`,
    `--set-json 'spark.jobNamespaces=${JSON.stringify(namespaces)}'`,
  ].join(' ');
