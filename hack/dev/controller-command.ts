/**
 * Arguments of node that run the controller from source and start it again when a source changes. The flags that a person
 * adds come last, and win.
 */
export function controllerCommand(kubeconfig: string, flags: readonly string[]): readonly string[] {
  return [
    ...['--watch', '--watch-preserve-output', 'controller/main.ts'],
    // Beside nothing else on this machine: fixed ports of its own.
    ...['--kubeconfig', kubeconfig, '--metrics-bind-address', '127.0.0.1:18080'],
    ...['--health-probe-bind-address', '127.0.0.1:18081', '--namespaces', 'default', '--log-encoder', 'console'],
    ...flags,
  ];
}
