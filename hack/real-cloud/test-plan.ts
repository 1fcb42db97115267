import { PORT_NAMES, SECRET_NAMES, type RigPlan } from './plan.ts';

/** A plan for tests of texts: ports 7000 and up in the order of their names, secrets `secret-of-NAME`. */
export function testPlan(changes: Partial<RigPlan> = {}): RigPlan {
  const ports = Object.fromEntries(PORT_NAMES.map((name, index) => [name, 7000 + index]));
  const secrets = Object.fromEntries(SECRET_NAMES.map((name) => [name, `secret-of-${name}`]));
  // One entry for each name.
  return {
    ...{ root: '/r', address: '10.99.255.1', kerberos: false },
    ports: ports as RigPlan['ports'],
    secrets: secrets as RigPlan['secrets'],
    ...changes,
  };
}
