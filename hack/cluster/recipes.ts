import { VERSIONS } from './versions.ts';

/** A set of programs that is built in one go from Go modules and cached as one folder. */
export interface Recipe {
  readonly name: RecipeName;
  readonly version: string;
  /** The programs found in `bin/` of the cache folder afterwards. */
  readonly programs: readonly string[];
  /** How long a cold build takes on two cores. */
  readonly usually: string;
  /** The Go module below this folder that the build runs in. */
  readonly module: 'kubernetes' | 'coredns';
  /** Arguments of `go` that build into the folder. */
  readonly goArgs: (into: string) => readonly string[];
  /** `go install PACKAGE@VERSION` takes its target from GOBIN, `go build` from -o. */
  readonly command: 'build' | 'install';
}

export type RecipeName = 'kubernetes' | 'helm' | 'coredns' | 'kind' | 'node-programs' | 'versitygw';

const [kubeMajor, kubeMinor] = VERSIONS.kubernetes.split('.');

const KUBERNETES_PROGRAMS = [
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
  'kube-proxy',
  'kubectl',
] as const;

/** What can be built, by name. Versions are pinned in `versions.ts`, checksums in the `go.sum` files or Go's checksum database. */
export const RECIPES: Readonly<Record<RecipeName, Recipe>> = {
  kubernetes: {
    name: 'kubernetes',
    version: VERSIONS.kubernetes,
    programs: [...KUBERNETES_PROGRAMS, 'etcd'],
    usually: '7 to 10 min, once',
    command: 'build',
    module: 'kubernetes',
    goArgs: (into) => [
      ...['build', '-o', `${into}/`, '-trimpath', '-ldflags', stamp('k8s.io/component-base/version')],
      ...KUBERNETES_PROGRAMS.map((program) => `k8s.io/kubernetes/cmd/${program}`),
      './etcd',
    ],
  },
  'node-programs': {
    name: 'node-programs',
    version: VERSIONS.nodePrograms,
    programs: ['pause', 'open-volumes'],
    usually: '5 s, once',
    command: 'build',
    module: 'kubernetes',
    goArgs: (into) => ['build', '-o', `${into}/`, '-trimpath', '-ldflags', '-s -w', './pause', './open-volumes'],
  },
  coredns: {
    name: 'coredns',
    version: VERSIONS.coredns,
    programs: ['coredns'],
    usually: '1 to 2 min, once',
    command: 'build',
    module: 'coredns',
    goArgs: (into) => ['build', '-o', `${into}/`, '-trimpath', '-ldflags', '-s -w', '.'],
  },
  helm: installed({
    name: 'helm',
    version: VERSIONS.helm,
    usually: '2 min, once',
    path: 'helm.sh/helm/v3/cmd/helm',
    flags: ['-ldflags', `-s -w -X helm.sh/helm/v3/internal/version.version=v${VERSIONS.helm}`],
  }),
  kind: installed({
    name: 'kind',
    version: VERSIONS.kind,
    usually: '10 s, once',
    path: 'sigs.k8s.io/kind',
    flags: [],
  }),
  versitygw: installed({
    name: 'versitygw',
    version: VERSIONS.versitygw,
    usually: '1 to 2 min, once',
    path: 'github.com/versity/versitygw/cmd/versitygw',
    flags: ['-ldflags', `-s -w -X main.Version=v${VERSIONS.versitygw}`],
  }),
};

/** A program that is its module's own main package. */
interface Installed extends Pick<Recipe, 'name' | 'version' | 'usually'> {
  readonly path: string;
  readonly flags: readonly string[];
}

function installed({ name, version, usually, path, flags }: Installed): Recipe {
  const goArgs = (): string[] => ['install', '-trimpath', ...flags, `${path}@v${version}`];
  return { name, version, usually, programs: [name], command: 'install', module: 'kubernetes', goArgs };
}

function stamp(versionPackage: string): string {
  const values = { gitVersion: `v${VERSIONS.kubernetes}`, gitMajor: kubeMajor, gitMinor: kubeMinor };
  const flags = Object.entries(values).map(([name, value]) => `-X ${versionPackage}.${name}=${value ?? ''}`);
  return ['-s -w', ...flags].join(' ');
}
