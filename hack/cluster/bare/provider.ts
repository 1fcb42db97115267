import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { detectEngine } from '../../images/engine.ts';
import { buildBinaries } from '../binaries.ts';
import { readRecord, type ClusterRecord } from '../cluster-record.ts';
import { localStatus } from '../local-status.ts';
import { BARE_PACKAGES } from '../packages.ts';
import type { ClusterProvider } from '../provider.ts';
import { removeCluster } from '../remove-cluster.ts';
import { bareObstacle, missingPackages } from '../requirements.ts';
import { importImage } from './import-image.ts';
import { bareUp } from './up.ts';

/** A cluster without a container engine: nodes are namespaces of this machine. */
export const bareProvider: ClusterProvider = {
  check: () => {
    const machine = { platform: process.platform, uid: process.getuid?.() };
    const obstacle = bareObstacle(machine, missingPackages(BARE_PACKAGES));
    if (obstacle !== undefined) throw new Error(obstacle);
  },
  up: async (choice, progress) => {
    await buildBinaries(progress, ['kubernetes', 'coredns', 'node-programs']);
    await bareUp(choice, progress);
  },
  down: removeCluster,
  status: localStatus,
  load: async (name, image) => {
    const record = readRecord(name);
    if (record === undefined) throw new Error(`There is no cluster "${name}"; make it with: npm run cluster -- up`);
    if (existsSync(image)) await importEverywhere(record, image);
    else await importReference(record, image);
  },
};

async function importEverywhere({ nodes }: ClusterRecord, archive: string): Promise<void> {
  await Promise.all(nodes.map(({ init }) => importImage(init.pid, archive)));
}

/** An image of the local image store: written to an archive first, under the name it has. */
async function importReference(record: ClusterRecord, reference: string): Promise<void> {
  const engine = await detectEngine();
  if (engine === undefined || !(await engine.has(reference))) {
    throw new Error(`"${reference}" is neither an archive file nor an image that docker, podman or buildah has here`);
  }
  const folder = await mkdtemp(join(tmpdir(), 'spark-operator-image-'));
  const archive = join(folder, 'image.tar');
  try {
    await engine.save(reference, archive);
    await importEverywhere(record, archive);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
