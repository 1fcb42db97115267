import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FakeCloud } from './cloud.ts';
import { cloudsYaml } from './clouds-yaml.ts';
import { controlsOf } from './controls.ts';
import { createFailures } from './failures.ts';
import { type Front, serve } from './front.ts';
import { createJournal } from './journal.ts';
import { createConductor } from './magnum/conductor.ts';
import { type FakeCloudOptions, type Settings, settingsOf } from './options.ts';
import { seedState } from './seed-state.ts';
import { type Listener, startListener } from './server.ts';
import { PREFIXES } from './services.ts';
import { type Kept, type Ports, readState, writeState } from './state-file.ts';
import { type Endpoints, type World } from './world.ts';
import { createKeyPool } from './x509/key-pool.ts';
import { type OwnTls, ownTls } from './x509/own-tls.ts';

/**
 * Starts a small OpenStack: Keystone, Magnum, Nova, Neutron and Glance on one port, the object store on another. All defaults
 * suit a test. Throws the system's error when a port cannot be had, an Error when the state file cannot be read.
 */
export async function startFakeCloud(options: FakeCloudOptions = {}): Promise<FakeCloud> {
  const settings = settingsOf(options);
  const clock = {
    now: () => settings.now() + settings.clockSkewMs,
    hex: (bytes: number) => settings.randomBytes(bytes).toString('hex'),
  };
  const kept = readState(settings.stateFile);
  const state = kept?.state ?? seedState({ ...clock, ...settings });
  const tls = settings.tls ? await ownTls(clock, settings.address) : undefined;
  const front = frontOf({ state, settings, ...clock });
  const listeners = await listen(front, settings, kept, tls);
  Object.assign(front.world.endpoints, endpointsOf(settings, listeners));
  const ports = { main: listeners.main.port, objectStore: listeners.objectStore.port };
  const folder = settings.folder ?? mkdtempSync(join(tmpdir(), 'fake-cloud-'));
  const files = writeFiles(front.world, folder, tls);
  const save = (): void => {
    if (settings.stateFile !== undefined) writeState(settings.stateFile, { state, ports }, clock.now());
  };
  front.onSave(save);
  save();
  const stopConductor = await startConductor(front.world, save);
  return {
    ...controlsOf(front, files.cloudsFile, tls?.caPem),
    down: () => all(listeners, (one) => one.down()),
    up: () => all(listeners, (one) => one.up()),
    close: async () => {
      stopConductor();
      await all(listeners, (one) => one.down());
      if (settings.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Listeners = { readonly [port in keyof Ports]: Listener };

const all = async (listeners: Listeners, act: (listener: Listener) => Promise<void>): Promise<void> => {
  await Promise.all(Object.values(listeners).map(act));
};

type Clock = Pick<World, 'now' | 'hex'>;

function frontOf(
  parts: Pick<World, 'state' | 'settings'> & Clock,
): Front & { readonly onSave: (save: () => void) => void } {
  let save = (): void => undefined;
  const nowhere: Endpoints = { identity: '', containerInfra: '', compute: '', network: '', image: '', objectStore: '' };
  return {
    world: { ...parts, endpoints: nowhere, uuid: parts.settings.randomUuid, keys: createKeyPool(), outcomes: [] },
    failures: createFailures(),
    journal: createJournal(),
    save: () => save(),
    onSave: (next) => {
      save = next;
    },
  };
}

async function listen(
  front: Front,
  settings: Settings,
  kept: Kept | undefined,
  tls: OwnTls | undefined,
): Promise<Listeners> {
  const { address, port } = settings;
  const start = (which: keyof Ports, asked: number): Promise<Listener> =>
    startListener({
      address,
      port: asked,
      tls,
      onRequest: (request, response) => {
        serve(front, which === 'objectStore', request, response).catch((error: unknown) => {
          console.error('The fake cloud could not answer', error);
          response.destroy();
        });
      },
    });
  const main = await start('main', port === 0 ? (kept?.ports?.main ?? 0) : port);
  const objectStore = await start('objectStore', port === 0 ? (kept?.ports?.objectStore ?? 0) : port + 1);
  return { main, objectStore };
}

function endpointsOf({ address, tls }: Settings, { main, objectStore }: Listeners): Endpoints {
  const host = `${tls ? 'https' : 'http'}://${address}`;
  const at = (prefix: string): string => `${host}:${main.port}${prefix}`;
  return {
    identity: at(PREFIXES.identity),
    containerInfra: at(`${PREFIXES['container-infra']}/v1`),
    compute: at(`${PREFIXES.compute}/v2.1`),
    network: at(PREFIXES.network),
    image: at(PREFIXES.image),
    objectStore: `${host}:${objectStore.port}`,
  };
}

/** Credentials: readable by their owner alone. */
function writeFiles(world: World, folder: string, tls: OwnTls | undefined): { readonly cloudsFile: string } {
  mkdirSync(folder, { recursive: true });
  const caFile = tls === undefined ? undefined : join(folder, 'ca.pem');
  if (caFile !== undefined && tls !== undefined) writeFileSync(caFile, tls.caPem);
  const cloudsFile = join(folder, 'clouds.yaml');
  const authUrl = `${world.endpoints.identity}/v3`;
  const text = cloudsYaml(world.state, { authUrl, region: world.settings.region, caFile });
  writeFileSync(cloudsFile, text, { mode: 0o600 });
  return { cloudsFile };
}

/** The conductor looks once every `pollMs`, one look at a time. */
async function startConductor(world: World, save: () => void): Promise<() => void> {
  const conductor = createConductor(world);
  await conductor.raiseAll();
  let isLooking = false;
  const look = async (): Promise<void> => {
    if (isLooking) return;
    isLooking = true;
    if (await conductor.look()) save();
    isLooking = false;
  };
  const timer = setInterval(() => void look(), world.settings.latencies.pollMs);
  timer.unref();
  return () => clearInterval(timer);
}
