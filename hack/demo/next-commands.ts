/** Where the things are that a person may want to use next. */
export interface DemoPlaces {
  readonly kubeconfig: string;
  /** Folders with kubectl and helm, where they are not on the PATH anyway. */
  readonly folders: readonly string[];
  readonly node: string;
  readonly root: string;
  readonly application: string;
}

/** The commands to try next, ready to be pasted into a shell. */
export function nextCommands({ kubeconfig, folders, node, root, application }: DemoPlaces): readonly string[] {
  return [
    `export KUBECONFIG=${kubeconfig} PATH="${folders.join(':')}:$PATH"`,
    `alias sparkctl="${node} ${root}/sparkctl/main.ts"`,
    'kubectl get sparkapplications',
    `kubectl describe sparkapplication ${application}`,
    `sparkctl status ${application}`,
    `sparkctl log ${application}`,
    'sparkctl create examples/spark-pi-java.yaml && sparkctl log spark-pi-java -f',
    'npm run demo -- --down    # removes all of it',
  ];
}
