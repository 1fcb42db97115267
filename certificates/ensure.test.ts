import { describe, expect, it } from '@jest/globals';
import { memoryStore } from '../hack/gencerts/memory-store.ts';
import { aCertificate, aKeyPair, aMaterial, anAuthority, DAY_MS, LIVES, NAMES, NOW_MS } from '../test/certificates.ts';
import { ensureCertificates, type EnsureOptions } from './ensure.ts';
import type { MaterialStore } from './material-store.ts';
import { dataOf, type Material, materialOf } from './material.ts';
import { certificatesOf } from './pem.ts';
import { verifies } from './verify.ts';

let made = 0;
const mint = { keyPair: async () => aKeyPair((made += 1)) };

const optionsFor = (store: MaterialStore, more: Partial<EnsureOptions> = {}): EnsureOptions => ({
  store,
  now: () => NOW_MS,
  dnsNames: NAMES,
  lives: LIVES,
  mint,
  ...more,
});

async function storeOf(material: Material): Promise<MaterialStore> {
  const store = memoryStore();
  await store.write(dataOf(material), undefined);
  return store;
}

const read = async (store: MaterialStore): Promise<Material> => {
  const material = materialOf((await store.read())?.data ?? {});
  if (material === undefined) throw new Error('The store holds nothing');
  return material;
};

describe('ensureCertificates', () => {
  it('makes what is missing, then keeps it', async () => {
    const store = memoryStore();
    const first = await ensureCertificates(optionsFor(store));
    expect(first).toMatchObject({ action: 'RenewAll', reason: 'there is no certificate yet' });
    const material = await read(store);
    expect(material).toEqual(first.material);
    expect(verifies(material.authoritiesPem, material.certificatePem, NOW_MS, 'svc.ns.svc')).toBe(true);
    const again = await ensureCertificates(optionsFor(store));
    expect(again).toMatchObject({ action: 'Keep', material, renewAt: NOW_MS + 60 * DAY_MS });
  });

  it('renews the certificate under the same authority', async () => {
    const authority = anAuthority({ agoMs: 100 * DAY_MS });
    const before = aMaterial({ authority, leaf: aCertificate({ authority, agoMs: 61 * DAY_MS }) });
    const store = await storeOf(before);
    expect(await ensureCertificates(optionsFor(store))).toMatchObject({ action: 'RenewLeaf' });
    const after = await read(store);
    expect(after.authoritiesPem).toBe(before.authoritiesPem);
    expect(verifies(before.authoritiesPem, after.certificatePem, NOW_MS)).toBe(true);
  });

  it('takes a new authority in steps, each of which every bundle in use verifies', async () => {
    const authority = anAuthority({ agoMs: 2500 * DAY_MS });
    const store = await storeOf(aMaterial({ authority, leaf: aCertificate({ authority, agoMs: DAY_MS }) }));
    let bundle = (await read(store)).authoritiesPem;
    let now = NOW_MS;
    const actions: string[] = [];
    const step = async (): Promise<void> => {
      const { action, material } = await ensureCertificates(optionsFor(store, { now: () => now, caBundles: [bundle] }));
      actions.push(action);
      expect(verifies(bundle, material.certificatePem, now)).toBe(true);
      bundle = material.authoritiesPem;
      expect(verifies(bundle, material.certificatePem, now)).toBe(true);
      now += 60_000;
    };
    for (let steps = 0; steps < 3; steps += 1) await step();
    now += 59 * DAY_MS;
    await step();
    now += 32 * DAY_MS;
    await step();
    await step();
    expect(actions).toEqual(['IntroduceAuthority', 'RenewLeaf', 'Keep', 'Keep', 'RenewLeaf', 'DropAuthorities']);
    expect(certificatesOf(bundle)).toHaveLength(1);
  });

  it('several at once end with the material of one of them', async () => {
    const store = memoryStore();
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => ensureCertificates(optionsFor(store))));
    expect(outcomes.map(({ action }) => action).sort()).toEqual(['Keep', 'Keep', 'Keep', 'RenewAll']);
    expect(new Set(outcomes.map(({ material }) => material.certificatePem)).size).toBe(1);
  });

  it('makes all new when forced, once, and trusts the old authority on', async () => {
    const before = aMaterial();
    const store = await storeOf(before);
    const both = await Promise.all([1, 2].map(() => ensureCertificates(optionsFor(store, { force: true }))));
    expect(both.map(({ action }) => action).sort()).toEqual(['Keep', 'RenewAll']);
    const { authoritiesPem, certificatePem } = await read(store);
    expect(certificatesOf(authoritiesPem)).toHaveLength(2);
    expect(verifies(authoritiesPem, before.certificatePem, NOW_MS)).toBe(true);
    expect(verifies(before.authoritiesPem, certificatePem, NOW_MS)).toBe(false);
  });

  it('trusts on the authorities of what is still served, although the store is empty', async () => {
    const { authoritiesPem: stillServed } = aMaterial();
    const { material } = await ensureCertificates(optionsFor(memoryStore(), { stillServed }));
    expect(certificatesOf(material.authoritiesPem)).toEqual([expect.anything(), stillServed.trim()]);
  });

  it('gives up when others are always faster', async () => {
    const store: MaterialStore = { read: async () => undefined, write: async () => false };
    await expect(ensureCertificates(optionsFor(store))).rejects.toThrow('10 times in a row');
  });

  it('tells what the store could not do', async () => {
    const store: MaterialStore = { read: () => Promise.reject(new Error('forbidden')), write: async () => false };
    await expect(ensureCertificates(optionsFor(store))).rejects.toThrow('forbidden');
  });
});
