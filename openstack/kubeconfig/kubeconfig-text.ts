import { isMap, isSeq, parseDocument, Scalar, visit, YAMLMap, YAMLSeq, type Document } from 'yaml';

import { UserError } from '../../terminal/user-error.ts';
import { exitCode } from '../exit-code.ts';

/** The three lists of a kubeconfig that entries lie in. */
export const lists = ['clusters', 'users', 'contexts'] as const;

export type List = (typeof lists)[number];

/** A kubeconfig that cannot be read. The message carries no text of the file: there are secrets in it. Who knows the file names it. */
export class NoKubeconfigError extends UserError {
  readonly reason: string;

  constructor(reason: string) {
    super(`the kubeconfig cannot be read: ${reason}`, { exitCode: exitCode.usage });
    this.reason = reason;
  }
}

/**
 * Reads a kubeconfig so that it can be changed in places. Under YAML's failsafe schema every scalar stays as it was written,
 * so a password of digits remains one. An empty text is an empty kubeconfig.
 * @throws NoKubeconfigError
 */
export function readKubeconfigText(text: string): Document {
  const document = parseDocument(text.trim() === '' ? EMPTY : text, { schema: 'failsafe', prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const line = text.slice(0, error.pos[0]).split('\n').length;
    throw new NoKubeconfigError(`line ${line} is not YAML (${error.code})`);
  }
  if (!isMap(document.contents)) throw new NoKubeconfigError('it is not a list of keys with values');
  return document;
}

const EMPTY = 'apiVersion: v1\nkind: Config\n';

/** The text of a kubeconfig; no line is folded. */
export const kubeconfigText = (document: Document): string => document.toString({ lineWidth: 0 });

/** The entries of one list; an empty list is put where there is none. @throws NoKubeconfigError */
export function listOf(document: Document, list: List): YAMLSeq {
  const found = document.get(list);
  if (isSeq(found)) return found;
  // `clusters: null` and `clusters:` are how some programs write an empty list.
  if (found !== undefined && found !== null && found !== '' && found !== 'null' && found !== '~')
    throw new NoKubeconfigError(`"${list}" is not a list`);
  const made = new YAMLSeq();
  document.set(list, made);
  return made;
}

/** The name of an entry. */
export const nameOf = (entry: unknown): unknown => (isMap(entry) ? entry.get('name') : undefined);

/** Puts an entry where one of its name is, else at the end. Other entries stay as they are. */
export function putEntry(document: Document, list: List, name: string, body: Readonly<Record<string, unknown>>): void {
  const entries = listOf(document, list);
  const key = list.slice(0, -1);
  const entry = quoted(document.createNode({ name, [key]: body }));
  const at = entries.items.findIndex((item) => nameOf(item) === name);
  if (at === -1) entries.add(entry);
  else entries.items[at] = entry;
}

/** Texts of ours are quoted: under the failsafe schema nothing else keeps a namespace `on` or `123` a text for kubectl. */
function quoted<T extends ReturnType<Document['createNode']>>(node: T): T {
  if (node instanceof YAMLMap)
    visit(node, {
      Scalar: (key, scalar) => {
        if (key !== 'key' && typeof scalar.value === 'string') scalar.type = Scalar.QUOTE_DOUBLE;
      },
    });
  return node;
}

const CURRENT = 'current-context';

/** The name of the current context; '' when there is none. */
export function currentContextOf(document: Document): string {
  const name = document.get(CURRENT);
  return typeof name === 'string' && !['null', '~'].includes(name) ? name : '';
}

/** Makes a context the current one; '' for none. */
export function setCurrentContext(document: Document, name: string): void {
  const scalar = new Scalar(name);
  scalar.type = Scalar.QUOTE_DOUBLE;
  document.set(CURRENT, scalar);
}
