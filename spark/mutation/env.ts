import type { EnvVar } from '../../api/kubernetes.ts';
import { equalJson } from './equal-json.ts';
import { hadoopConfigMapEnv } from './hadoop-config-map.ts';
import type { MutationContext, Mutator } from './mutator.ts';
import { mapSparkContainer } from './spark-container.ts';
import { sparkConfigMapEnv } from './spark-config-map.ts';

/**
 * `env`, and the variables that the mounted configuration folders need. Of two entries with one name the kubelet takes the
 * last, and a variable may refer only to earlier ones: so ours go to the end, in the user's order, and older entries of
 * the same name go away.
 */
export const addEnv: Mutator = (pod, context) =>
  mapSparkContainer(pod, (container) => {
    const env = wantedEnv(context).reduce(put, container.env ?? []);
    return env.length === 0 ? container : { ...container, env };
  });

const put = (existing: readonly EnvVar[], wanted: EnvVar): readonly EnvVar[] => {
  const last = existing.findLast(({ name }) => name === wanted.name);
  return equalJson(last, wanted) ? existing : [...existing.filter(({ name }) => name !== wanted.name), wanted];
};

/** One entry for each name: the folders of mounted configuration win over `env`, a later entry over an earlier. */
function wantedEnv({ app, fields }: MutationContext): EnvVar[] {
  const all = [...(fields.env ?? []), ...hadoopConfigMapEnv(app), ...sparkConfigMapEnv(app)];
  return all.filter(({ name }, index) => !all.slice(index + 1).some((later) => later.name === name));
}
