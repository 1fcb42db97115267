import type { Container, SecurityContext } from '../../api/kubernetes.ts';
import type { Mutator } from './mutator.ts';
import { mapSparkContainer } from './spark-container.ts';

/** `securityContext` replaces that of Spark's container, but for the one field that newer versions of Spark set themselves. */
export const setSecurityContext: Mutator = (pod, { fields: { securityContext } }) =>
  securityContext === undefined
    ? pod
    : mapSparkContainer(pod, (container) => ({ ...container, securityContext: laidOver(container, securityContext) }));

function laidOver({ securityContext: existing }: Container, wanted: SecurityContext): SecurityContext {
  const escalation = wanted.allowPrivilegeEscalation ?? existing?.allowPrivilegeEscalation;
  return escalation === undefined ? wanted : { ...wanted, allowPrivilegeEscalation: escalation };
}
