import type { KubeconfigChoice, RunHelm } from '../cli.ts';
import { HelmError } from './helm-error.ts';
import { isValues, type Values } from './values.ts';

/** Helm, as far as one release of one chart needs it. Every call throws HelmError. */
export interface Helm {
  /** `3.19.5` */
  readonly version: () => Promise<string>;
  /** The newest revision, whatever became of it; undefined when there is none. */
  readonly release: () => Promise<Release | undefined>;
  /** The objects as an upgrade would send them, without sending them. The API server is asked what `lookup` in the chart asks for. */
  readonly rendered: (order: ReleaseOrder) => Promise<string>;
  /** Installs or upgrades; waits for the hooks, not for the pods. */
  readonly upgrade: (order: ReleaseOrder) => Promise<void>;
  readonly rollback: (revision: number) => Promise<void>;
  /** A release that is gone already is well. */
  readonly uninstall: (options?: { readonly hooks: boolean }) => Promise<void>;
  /** The definitions in a chart's `crds` folder, as YAML documents. */
  readonly crds: (chart: string) => Promise<string>;
  /** Revisions that were deployed once and can be gone back to, oldest first. */
  readonly goodRevisions: () => Promise<readonly number[]>;
  /** The values that were given to a revision. */
  readonly valuesOf: (revision: number) => Promise<Values>;
}

/** A revision of a release. */
export interface Release {
  readonly revision: number;
  /** `deployed`, `failed`, `pending-install`, `pending-upgrade`, `pending-rollback`, `uninstalling`, `uninstalled`. */
  readonly status: string;
  readonly lastDeployed: Date;
  /** The values that were given; the chart's own are not among them. */
  readonly values: Values;
  /** Its objects, as YAML documents. */
  readonly manifest: string;
}

/** What a release shall be. */
export interface ReleaseOrder {
  /** A folder, an archive, or an OCI address. */
  readonly chart: string;
  readonly values: Values;
  /** `--set`, `--values` and their like, as typed: they win over `values`. */
  readonly more: readonly string[];
}

export interface HelmTarget {
  readonly kubeconfig: KubeconfigChoice;
  readonly release: string;
  readonly namespace: string;
}

/** Time that Helm gives the jobs of the chart's hooks: the Job has a shorter one of its own. */
const HOOK_TIMEOUT = '5m0s';

/** Helm for one release. */
export function helmFor(run: RunHelm, { kubeconfig, release, namespace }: HelmTarget): Helm {
  const where = [release, '--namespace', namespace];
  const call = (args: readonly string[], stdin?: string): Promise<string> => run(args, { kubeconfig, stdin });
  const upgrade = (order: ReleaseOrder, flags: readonly string[]): Promise<string> => {
    const values = ['--values', '-', ...order.more];
    const [name = '', ...rest] = where;
    return call(
      ['upgrade', '--install', name, order.chart, ...rest, ...values, ...flags],
      JSON.stringify(order.values),
    );
  };
  return {
    version: async () => (await call(['version', '--template', '{{.Version}}'])).trim().replace(/^v/, ''),
    release: () => orUndefined(async () => releaseOf(await call(['status', ...where, '--output', 'json']))),
    rendered: async (order) =>
      manifestOf(await upgrade(order, ['--dry-run=server', '--hide-notes', '--output', 'json'])),
    upgrade: async (order) => {
      await upgrade(order, ['--timeout', HOOK_TIMEOUT]);
    },
    rollback: async (revision) => {
      const [name = '', ...rest] = where;
      await call(['rollback', name, String(revision), ...rest, '--timeout', HOOK_TIMEOUT]);
    },
    uninstall: async ({ hooks } = { hooks: true }) => {
      const flags = ['--ignore-not-found', '--timeout', '2m0s', ...(hooks ? [] : ['--no-hooks'])];
      await call(['uninstall', ...where, ...flags]);
    },
    crds: (chart) => call(['show', 'crds', chart]),
    valuesOf: async (revision) =>
      parsedValues(await call(['get', 'values', ...where, '--revision', String(revision), '--output', 'json'])),
    goodRevisions: async () => revisionsOf(await call(['history', ...where, '--output', 'json'])),
  };
}

/** Helm's words for a release that does not exist. */
const NOT_FOUND = 'release: not found';

async function orUndefined<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof HelmError && error.message.includes(NOT_FOUND)) return undefined;
    throw error;
  }
}

/** What `helm status -o json` prints, as far as it is read. */
interface PrintedRelease {
  readonly version: number;
  readonly info: { readonly status: string; readonly last_deployed: string };
  readonly config?: unknown;
  readonly manifest?: string;
}

function releaseOf(printed: string): Release {
  // Parse boundary: Helm's own format, stable since Helm 3.0.
  const { version, info, config, manifest = '' } = JSON.parse(printed) as PrintedRelease;
  return {
    revision: version,
    status: info.status,
    lastDeployed: new Date(info.last_deployed),
    values: isValues(config) ? config : {},
    manifest,
  };
}

function parsedValues(printed: string): Values {
  // Parse boundary: `null` where no values were given.
  const values: unknown = JSON.parse(printed);
  return isValues(values) ? values : {};
}

/** Parse boundary: the same format, of a release that was not made. */
const manifestOf = (printed: string): string => (JSON.parse(printed) as PrintedRelease).manifest ?? '';

function revisionsOf(printed: string): readonly number[] {
  // Parse boundary: the list that `helm history -o json` prints.
  const revisions = JSON.parse(printed) as readonly { readonly revision: number; readonly status: string }[];
  return revisions
    .filter(({ status }) => status === 'deployed' || status === 'superseded')
    .map(({ revision }) => revision);
}
