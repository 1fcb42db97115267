import { join } from 'node:path';

import type { RigPlan } from './plan.ts';
import type { RigService } from './services.ts';

/** How the stub for networks and stacks is started; `cluster` names the local Kubernetes that plays the machines. */
export function stubCommand({ address, ports }: RigPlan, cluster: string): RigService['spec'] {
  const main = join(import.meta.dirname, 'stub', 'main.ts');
  return { command: process.execPath, args: [main, address, String(ports.stub), cluster] };
}
