import type { LabelSelector } from '../../api/sparkpoddefaults.ts';
import { parseLabelSelector } from '../../kube/label-selector.ts';

/** The namespaces whose applications an operator runs. */
export type Scope =
  | { readonly kind: 'all' }
  | { readonly kind: 'listed'; readonly namespaces: readonly string[] }
  | { readonly kind: 'selected'; readonly text: string; readonly selector: LabelSelector };

/**
 * The scope that the flags of `spark-operator controller start` say.
 * @throws LabelSelectorError when `--namespace-selector` cannot be read
 */
export function scopeOf(args: readonly string[]): Scope {
  const text = flag(args, '--namespace-selector');
  if (text !== '') return { kind: 'selected', text, selector: parseLabelSelector(text) };
  const namespaces = flag(args, '--namespaces')
    .split(',')
    .filter((name) => name !== '');
  return namespaces.length === 0 ? { kind: 'all' } : { kind: 'listed', namespaces };
}

const flag = (args: readonly string[], name: string): string =>
  args
    .find((arg) => arg.startsWith(`${name}=`))
    ?.slice(name.length + 1)
    .trim() ?? '';
