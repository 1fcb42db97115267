import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import { kubectlPath } from '../../hack/cluster/binaries.ts';

/** A port of this machine that leads to a Service, until it is closed. */
export interface Forwarded {
  readonly port: number;
  readonly close: () => void;
}

/** Opens a free port of this machine to a Service, as `kubectl port-forward` does. Rejects with what kubectl complains of. */
export function forward(kubeconfig: string, namespace: string, service: string, port: number): Promise<Forwarded> {
  const args = ['-n', namespace, 'port-forward', `service/${service}`, `:${port}`];
  const child = spawn(kubectlPath(), args, { env: { ...process.env, KUBECONFIG: kubeconfig } });
  const close = (): void => void child.kill('SIGTERM');
  return new Promise((resolve, reject) => {
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (complaint += chunk));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /^Forwarding from 127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (found !== undefined) resolve({ port: Number(found), close });
    });
    child.on('error', reject);
    child.on('close', () => reject(new Error(`kubectl port-forward ended: ${complaint.trim()}`)));
  });
}
