import { nearest } from '../clusters/nearest.ts';
import type { ComputeLimits, Flavor } from '../compute/nova.ts';
import type { Cluster, ClusterTemplate, Microversion } from '../container-infra/magnum.ts';
import { exitCode } from '../exit-code.ts';
import type { Login } from '../identity/session.ts';
import type { ClusterWishes } from './cluster-wishes.ts';
import { delegatedLogin } from './delegated-login.ts';
import type { Finding } from './finding.ts';
import { flavorNamed, flavorsOf } from './flavor-named.ts';
import { shortages, shortageText } from './quota.ts';

/** What was read before an order. Undefined: the service is not there, or does not tell. */
export interface PreflightFacts {
  readonly login: Pick<Login, 'applicationCredential'>;
  readonly max: Microversion;
  readonly template: ClusterTemplate;
  /** All of the project. */
  readonly clusters: readonly Cluster[];
  readonly clusterQuota: number | undefined;
  readonly flavors: readonly Flavor[] | undefined;
  readonly keypairs: readonly string[] | undefined;
  readonly limits: ComputeLimits | undefined;
}

/** What Magnum takes when neither the order nor the template says it. */
export const DEFAULT_COUNT = 1;

type Check = (facts: PreflightFacts, wishes: ClusterWishes) => readonly Finding[];

/** Everything that is wrong with an order, refusals before warnings. */
export function preflight(facts: PreflightFacts, wishes: ClusterWishes): readonly Finding[] {
  const findings = checks.flatMap((check) => check(facts, wishes));
  return findings.toSorted((a, b) => rank(a) - rank(b));
}

const rank = ({ level }: Finding): number => (level === 'refusal' ? 0 : 1);

const loginIsDelegated: Check = ({ login, max }) => [delegatedLogin(login, max) ?? []].flat();

const templateIsNotForKubernetes: Check = ({ template }) =>
  template.coe === 'kubernetes'
    ? []
    : [
        {
          level: 'refusal',
          exitCode: exitCode.usage,
          text: `cluster template "${template.name}" is for ${template.coe}, not for Kubernetes: choose another one with --template`,
        },
      ];

const clusterQuotaIsUsedUp: Check = ({ clusters, clusterQuota }) =>
  clusterQuota === undefined || clusters.length < clusterQuota
    ? []
    : [
        {
          level: 'refusal',
          exitCode: exitCode.forbidden,
          text: [
            `the project's quota of ${clusterQuota} clusters is used up: delete one (opsparkctl delete kube NAME), or ask for more`,
            ...clusters.map(({ uuid, name, status }) => `  ${uuid}  ${name}  ${status}`),
          ].join('\n'),
        },
      ];

const flavorIsUnknown: Check = ({ flavors }, { flavor, masterFlavor }) => [
  ...unknownFlavor('flavor', flavor, flavors),
  ...unknownFlavor('flavor of masters', masterFlavor, flavors),
];

function unknownFlavor(
  what: string,
  wished: string | undefined,
  flavors: readonly Flavor[] | undefined,
): readonly Finding[] {
  if (wished === undefined || flavors === undefined || flavorNamed(flavors, wished) !== undefined) return [];
  const names = flavors.map(({ name }) => name);
  return [
    {
      level: 'refusal',
      exitCode: exitCode.notFound,
      text: `there is no ${what} "${wished}"${suggestion(wished, names)}`,
    },
  ];
}

const keypairIsUnknown: Check = ({ keypairs }, { keypair }) =>
  keypair === undefined || keypairs === undefined || keypairs.includes(keypair)
    ? []
    : [
        {
          level: 'refusal',
          exitCode: exitCode.notFound,
          text: `there is no keypair "${keypair}"${suggestion(keypair, keypairs)}; --ssh-public-key FILE imports one`,
        },
      ];

const keypairIsMissing: Check = ({ template }, { keypair }) =>
  keypair !== undefined || (template.keypair_id ?? '') !== ''
    ? []
    : [
        {
          level: 'warning',
          text: 'no keypair is given (--keypair, --ssh-public-key): nobody will get on the nodes by SSH, and some drivers need one',
        },
      ];

const mastersNeedLoadBalancer: Check = ({ template }, { masterCount, masterLb }) =>
  (masterCount ?? DEFAULT_COUNT) > 1 && !(masterLb ?? template.master_lb_enabled ?? false)
    ? [
        {
          level: 'refusal',
          exitCode: exitCode.usage,
          text: `several masters need a load balancer, which template "${template.name}" does not have: add --master-lb`,
        },
      ]
    : [];

const computeQuotaIsShort: Check = ({ limits, flavors = [], template }, wishes) => {
  if (limits === undefined) return [];
  const { nodeCount: nodes = DEFAULT_COUNT, masterCount: masters = DEFAULT_COUNT } = wishes;
  return shortages(limits, { nodes, masters, ...flavorsOf(flavors, wishes, template) }).map((shortage) => ({
    level: 'warning',
    text: `${shortageText(shortage)}: the creation may fail`,
  }));
};

const novaIsSilent: Check = ({ flavors, keypairs, limits }) =>
  flavors === undefined && keypairs === undefined && limits === undefined
    ? [
        {
          level: 'warning',
          text: 'Nova tells nothing (in time): flavors, keypair and the quota of servers were not checked',
        },
      ]
    : [];

const checks: readonly Check[] = [
  novaIsSilent,
  loginIsDelegated,
  templateIsNotForKubernetes,
  clusterQuotaIsUsedUp,
  flavorIsUnknown,
  keypairIsUnknown,
  keypairIsMissing,
  mastersNeedLoadBalancer,
  computeQuotaIsShort,
];

function suggestion(wished: string, names: readonly string[]): string {
  const near = nearest(wished, names);
  if (near.length > 0) return `: is it ${near.map((name) => `"${name}"`).join(' or ')}?`;
  return names.length === 0 ? '; there are none' : `; there are ${names.toSorted().join(', ')}`;
}
