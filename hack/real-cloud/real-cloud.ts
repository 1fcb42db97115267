import { cp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { makeOwnedFolder } from '../cluster/owned-folder.ts';
import { ownAddresses } from '../cluster/bare/host-link.ts';
import { readRecord } from '../cluster/cluster-record.ts';
import { DEFAULT_NAME } from '../cluster/options.ts';
import { KERBEROS_PACKAGES, OPENSTACK_PACKAGES, type AptPackage } from '../cluster/packages.ts';
import { createProgress, type Progress } from '../../terminal/progress.ts';
import { cloudsYaml } from './clouds-file.ts';
import { conductorAnswers } from './conductor-answers.ts';
import { moveDatabases } from './databases.ts';
import { cloudFacts, type RealCloudFacts } from './facts.ts';
import { heatControl, type HeatControl } from './heat-control.ts';
import { getTicket, makeRealm, readableFolder } from './kerberos.ts';
import { endAll, launch } from './launch.ts';
import { places, publicUrl, type RigPlan, type Secrets } from './plan.ts';
import { choosePorts, prepareOnce, type Prepared } from './prepare.ts';
import { claimRoot, removeRoot } from './root-folder.ts';
import { freezeService, startService, stopService, type StartOptions } from './service-process.ts';
import { rigServices, type RigService, type ServiceName } from './services.ts';
import { stubCommand } from './stub-command.ts';
import { writeConfiguration } from './write-configuration.ts';

/** How a real cloud is started. */
export interface RealCloudOptions {
  /** Where everything of it is kept; without one a temporary folder, removed by `stop`. What is in it is removed first. */
  readonly root?: string;
  /** What the services listen on. Without one the address that pods of the local cluster reach, or 127.0.0.1. */
  readonly address?: string;
  /** The local Kubernetes that plays the machines of Magnum clusters (default: the one of the tests and the demo). */
  readonly cluster?: string;
  /** The programs outlive this process; otherwise the kernel ends them with it. */
  readonly detached?: boolean;
  /** Also a Kerberos realm of its own, in which demo has a ticket. */
  readonly kerberos?: boolean;
  readonly progress?: Progress;
}

/** Real OpenStack services on this machine. */
export interface RealCloud {
  readonly root: string;
  /** A clouds.yaml with the entries of `CLOUD_NAMES`. */
  readonly cloudsFile: string;
  readonly facts: RealCloudFacts;
  /** What becomes of the next stacks, and so of the next clusters. */
  readonly heat: HeatControl;
  /** Freezes one service: callers wait until their time is over. */
  pause(service: ServiceName): void;
  resume(service: ServiceName): void;
  /** Ends one service: callers are refused. */
  end(service: ServiceName): Promise<void>;
  /** Starts a service again that was ended. */
  restart(service: ServiceName): Promise<void>;
  /** Ends everything and, when the folder is temporary, removes it. */
  stop(): Promise<void>;
}

/**
 * Starts Keystone, Magnum, Nova, Glance and Swift from their Debian packages, and the stub for Heat and Neutron. Every
 * cloud is a fresh one: it begins with the prepared databases. Takes 20 s, and a minute more the first time. Throws with
 * the end of the log of the service that does not start; nothing is left running then.
 */
export async function startRealCloud(options: RealCloudOptions = {}): Promise<RealCloud> {
  const progress = options.progress ?? createProgress();
  const cluster = options.cluster ?? DEFAULT_NAME;
  const prepared = await prepareOnce(progress, neededPackages(options));
  const plan = await planOf(options, cluster, prepared.secrets);
  const { root } = plan;
  const services = rigServices(plan, stubCommand(plan, cluster));
  const start = { root, untilParentEnds: options.detached !== true };
  const facts = cloudFacts(plan, prepared.objects, cluster);
  await fillRoot(start, plan, prepared, facts);
  try {
    const launched = (): Promise<void> => launch(services, start);
    await progress.step('Starting Keystone, RabbitMQ, Magnum, Nova, Glance and Swift', launched, '20 s');
    await conductorAnswers(plan);
    if (plan.kerberos) await getTicket(root);
  } catch (error) {
    await endCloud(root);
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`The cloud could not be started; logs are in ${facts.logs}\n${why}`, { cause: error });
  }
  return {
    ...{ root, facts, cloudsFile: cloudsFile(root) },
    heat: heatControl(publicUrl(plan, 'stub')),
    ...serviceControl(services, start),
    stop: async () => {
      await endCloud(root);
      if (options.root === undefined) await removeRoot(root);
    },
  };
}

function neededPackages({ kerberos = false }: RealCloudOptions): readonly AptPackage[] {
  return kerberos ? [...OPENSTACK_PACKAGES, ...KERBEROS_PACKAGES] : OPENSTACK_PACKAGES;
}

async function planOf(options: RealCloudOptions, cluster: string, secrets: Secrets): Promise<RigPlan> {
  const root = options.root ?? (await makeOwnedFolder(tmpdir(), 'real-cloud'));
  const address = options.address ?? addressForPods(cluster) ?? '127.0.0.1';
  return { root, address, ports: await choosePorts(), secrets, kerberos: options.kerberos === true };
}

/** The machine's end of the cable to the nodes, when a cluster of that name has one that is still there. */
function addressForPods(cluster: string): string | undefined {
  const address = readRecord(cluster)?.hostLink?.hostAddress;
  return address !== undefined && ownAddresses().includes(address) ? address : undefined;
}

function serviceControl(
  services: readonly RigService[],
  start: StartOptions,
): Pick<RealCloud, 'pause' | 'resume' | 'end' | 'restart'> {
  const { root } = start;
  return {
    pause: (name) => freezeService(root, name, true),
    resume: (name) => freezeService(root, name, false),
    end: (name) => stopService(root, name, 0),
    restart: async (name) => {
      const service = services.find((other) => other.name === name);
      if (service !== undefined) await startService(service, start);
    },
  };
}

/** Ends whatever runs of the cloud in the folder. The stub first and gently: it takes back what the local cluster trusts. */
export async function endCloud(root: string): Promise<void> {
  await stopService(root, 'stub', 10_000);
  await endAll(root, 0);
  await rm(readableFolder(root), { recursive: true, force: true });
}

const cloudsFile = (root: string): string => join(root, 'clouds.yaml');

/** Everything that the programs read, in place of what an earlier cloud has left there. */
async function fillRoot(
  { root, untilParentEnds }: StartOptions,
  plan: RigPlan,
  prepared: Prepared,
  facts: RealCloudFacts,
): Promise<void> {
  await claimRoot(root);
  await endAll(root, 0);
  const { data, configuration, logs, run } = places(root);
  for (const folder of [data, configuration, logs, run]) await rm(folder, { recursive: true, force: true });
  await cp(prepared.data, data, { recursive: true });
  await writeConfiguration(plan);
  await moveDatabases(plan);
  if (plan.kerberos) await makeRealm(plan, untilParentEnds);
  await writeFile(cloudsFile(root), cloudsYaml(plan, prepared.objects), { mode: 0o600 });
  await writeFile(join(root, 'facts.json'), `${JSON.stringify(facts, undefined, 2)}\n`);
}
