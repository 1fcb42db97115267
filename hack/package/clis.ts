import type { CliPackage } from './cli-manifest.ts';

/** A command line to be packed: what its package says, and the rooms that it is made of (docs/design.md, "The house"). */
export interface Cli extends CliPackage {
  readonly rooms: readonly string[];
  /** The page that becomes the README of the package. */
  readonly manual: string;
}

export const SPARKCTL: Cli = {
  name: 'sparkctl',
  description: 'Run Spark applications on Kubernetes: create, watch, read logs, open the Spark UI, delete',
  main: 'dist/sparkctl/main.js',
  folders: [],
  rooms: ['api', 'spark', 'kube', 'terminal', 'sparkctl'],
  manual: 'docs/sparkctl.md',
};

/** Carries the chart that it installs. */
export const OPSPARKCTL: Cli = {
  name: 'opsparkctl',
  description: 'Spark on Kubernetes on demand on OpenStack: clusters, the operator with S3, a history server',
  main: 'dist/openstack/main.js',
  folders: ['charts'],
  rooms: ['api', 'kube', 'certificates', 'terminal', 'openstack'],
  manual: 'docs/opsparkctl.md',
};
