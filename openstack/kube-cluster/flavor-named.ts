import type { Flavor } from '../compute/nova.ts';
import type { ClusterTemplate } from '../container-infra/magnum.ts';
import type { ClusterWishes } from './cluster-wishes.ts';

/** The flavor of a name or id. */
export const flavorNamed = (flavors: readonly Flavor[], wanted: string): Flavor | undefined =>
  flavors.find(({ id }) => id === wanted) ?? flavors.find(({ name }) => name === wanted);

/** The flavors of a cluster's nodes and masters: the wished ones, else the template's; masters are like nodes unless told. */
export function flavorsOf(
  flavors: readonly Flavor[],
  { flavor, masterFlavor }: Pick<ClusterWishes, 'flavor' | 'masterFlavor'>,
  template: Pick<ClusterTemplate, 'flavor_id' | 'master_flavor_id'>,
): { readonly flavor: Flavor | undefined; readonly masterFlavor: Flavor | undefined } {
  const ofNodes = flavorNamed(flavors, flavor ?? template.flavor_id ?? '');
  return {
    flavor: ofNodes,
    masterFlavor: flavorNamed(flavors, masterFlavor ?? template.master_flavor_id ?? '') ?? ofNodes,
  };
}
