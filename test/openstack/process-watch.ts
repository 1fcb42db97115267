import { readFileSync } from 'node:fs';

import { identify } from '../../hack/cluster/process-identity.ts';
import { processTree } from '../../hack/real-cloud/process-tree.ts';

/** Looks at a process and all below it again and again. The result stops that, and is all arguments and environments seen. */
export function watchProcesses(pid: number, everyMs = 15): () => string {
  const root = identify(pid);
  const seen = new Set<string>();
  const look = (): void => {
    if (root === undefined) return;
    for (const one of processTree(root)) for (const file of ['cmdline', 'environ']) seen.add(textOf(one.pid, file));
  };
  look();
  const timer = setInterval(look, everyMs);
  return () => {
    clearInterval(timer);
    return [...seen].join('\n');
  };
}

/** Empty when the process has ended. */
function textOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
