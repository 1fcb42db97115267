import type { Cli } from '../cli.ts';
import type { ClusterWishes } from './cluster-wishes.ts';
import { flavorsOf } from './flavor-named.ts';
import { DEFAULT_COUNT, type PreflightFacts } from './preflight.ts';
import { largestNodeCount } from './quota.ts';

/** Asks, where somebody can answer, for what neither flags nor site profile nor template say. */
export async function completeWishes(
  ask: Cli['ask'],
  facts: PreflightFacts,
  wishes: ClusterWishes,
): Promise<ClusterWishes> {
  if (ask === undefined) return wishes;
  const flavor = await askFlavor(ask, facts, wishes);
  const nodeCount = await askNodeCount(ask, facts, { ...wishes, flavor });
  const keypair = await askKeypair(ask, facts, wishes);
  return { ...wishes, flavor, nodeCount, keypair };
}

type Question<T> = (ask: NonNullable<Cli['ask']>, facts: PreflightFacts, wishes: ClusterWishes) => Promise<T>;

const askFlavor: Question<string | undefined> = async (ask, { flavors = [], template }, { flavor }) => {
  if (flavor !== undefined || (template.flavor_id ?? '') !== '' || flavors.length === 0) return flavor;
  return ask.choose(
    'Flavor of the nodes',
    flavors.map(({ name, vcpus, ram, disk }) => ({
      name,
      value: name,
      description: `${vcpus} cores, ${Math.round(ram / 102.4) / 10} GiB of memory, ${disk} GiB disk`,
    })),
  );
};

const askNodeCount: Question<number | undefined> = async (ask, facts, wishes) => {
  if (wishes.nodeCount !== undefined) return wishes.nodeCount;
  const most = mostNodes(facts, wishes);
  const hint = most === undefined ? '' : ` (the quota has room for ${most})`;
  for (;;) {
    const answer = Number(await ask.text(`Number of nodes${hint}`, String(Math.max(1, Math.min(2, most ?? 2)))));
    if (Number.isInteger(answer) && answer > 0) return answer;
  }
};

const mostNodes = ({ flavors = [], limits, template }: PreflightFacts, wishes: ClusterWishes): number | undefined =>
  limits === undefined
    ? undefined
    : largestNodeCount(limits, {
        masters: wishes.masterCount ?? DEFAULT_COUNT,
        ...flavorsOf(flavors, wishes, template),
      });

const askKeypair: Question<string | undefined> = async (ask, { keypairs = [], template }, { keypair }) => {
  if (keypair !== undefined || (template.keypair_id ?? '') !== '' || keypairs.length === 0) return keypair;
  const choices = keypairs.map((name) => ({ name, value: name }));
  return ask.choose<string | undefined>('Keypair for SSH', [...choices, { name: 'none', value: undefined }]);
};
