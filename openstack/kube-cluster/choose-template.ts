import { UserError } from '../../terminal/user-error.ts';
import { nearest } from '../clusters/nearest.ts';
import type { Cli } from '../cli.ts';
import type { ClusterTemplate, Magnum } from '../container-infra/magnum.ts';
import { exitCode } from '../exit-code.ts';
import { failedWith } from '../openstack-error.ts';

type Templates = Pick<Magnum, 'clusterTemplate' | 'clusterTemplates'>;

/**
 * The cluster template that a person means: by name or UUID; without either the only one for Kubernetes, or the one chosen on
 * the terminal.
 * @throws UserError for an unknown one (exit 5, with the nearest names), a doubled name (6), or none named (2)
 */
export async function chooseTemplate(
  { ask }: Pick<Cli, 'ask'>,
  magnum: Templates,
  wanted: string | undefined,
): Promise<ClusterTemplate> {
  if (wanted !== undefined) return namedTemplate(magnum, wanted);
  const templates = (await magnum.clusterTemplates()).filter(({ coe }) => coe === 'kubernetes');
  const [first, second] = templates;
  if (first === undefined)
    throw new UserError('the project sees no cluster template for Kubernetes: ask the operators of the cloud for one', {
      exitCode: exitCode.notFound,
    });
  if (second === undefined) return first;
  if (ask === undefined)
    throw new UserError(
      `which cluster template? Choose one with --template: ${templates.map(({ name }) => name).join(', ')}`,
      { exitCode: exitCode.usage },
    );
  return ask.choose(
    'Cluster template',
    templates.map((template) => ({ name: template.name, value: template, description: template.uuid })),
  );
}

async function namedTemplate(magnum: Templates, wanted: string): Promise<ClusterTemplate> {
  try {
    return await magnum.clusterTemplate(wanted);
  } catch (error) {
    if (failedWith(error, 'NotFound', 'BadRequest')) throw unknown(wanted, await magnum.clusterTemplates());
    if (failedWith(error, 'Conflict')) throw doubled(wanted, await magnum.clusterTemplates());
    throw error;
  }
}

function unknown(wanted: string, templates: readonly ClusterTemplate[]): UserError {
  const names = templates.map(({ name }) => name);
  const near = nearest(wanted, names);
  const others = names.length === 0 ? 'the project sees none' : `there are ${names.join(', ')}`;
  const hint = near.length > 0 ? `is it ${near.map((name) => `"${name}"`).join(' or ')}?` : others;
  return new UserError(`no cluster template "${wanted}": ${hint}`, { exitCode: exitCode.notFound });
}

const doubled = (wanted: string, templates: readonly ClusterTemplate[]): UserError =>
  new UserError(
    [
      `several cluster templates are called "${wanted}": give the UUID`,
      ...templates.filter(({ name }) => name === wanted).map(({ uuid }) => `  ${uuid}`),
    ].join('\n'),
    { exitCode: exitCode.conflict },
  );
