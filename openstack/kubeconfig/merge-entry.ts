import { clusterEntryOf, ORIGIN_EXTENSION, type KubeconfigEntry } from './entry.ts';
import {
  currentContextOf,
  kubeconfigText,
  putEntry,
  readKubeconfigText,
  setCurrentContext,
} from './kubeconfig-text.ts';

/**
 * The text of a kubeconfig with an entry put in: what is there of its name is replaced, all else stays as it is, comments
 * included. It becomes the current context when told so, or when there is none.
 * @throws NoKubeconfigError
 */
export const mergeEntry = (text: string, entry: KubeconfigEntry, setCurrent: boolean): string =>
  mergeEntries(text, [entry], setCurrent ? entry.name : undefined);

/**
 * The same with several entries. `current` becomes the current context; undefined: the one that is, or the first entry's.
 * @throws NoKubeconfigError
 */
export function mergeEntries(text: string, entries: readonly KubeconfigEntry[], current: string | undefined): string {
  const document = readKubeconfigText(text);
  for (const entry of entries) {
    const cluster = clusterEntryOf(entry);
    const { name, namespace } = entry;
    putEntry(document, 'clusters', cluster, clusterOf(entry));
    putEntry(document, 'contexts', name, { cluster, ...(namespace === undefined ? {} : { namespace }), user: name });
    putEntry(document, 'users', name, userOf(entry));
  }
  const before = currentContextOf(document);
  const after = current ?? (before === '' ? entries[0]?.name : before) ?? '';
  if (after !== before) setCurrentContext(document, after);
  return kubeconfigText(document);
}

const clusterOf = ({ server, caPem, proxyUrl, origin }: KubeconfigEntry): Readonly<Record<string, unknown>> => ({
  'certificate-authority-data': base64(caPem),
  ...(proxyUrl === undefined ? {} : { 'proxy-url': proxyUrl }),
  server,
  ...(origin === undefined ? {} : { extensions: [{ name: ORIGIN_EXTENSION, extension: { ...origin } }] }),
});

function userOf(entry: KubeconfigEntry): Readonly<Record<string, unknown>> {
  if ('token' in entry) return { token: entry.token };
  if ('plugin' in entry) {
    const { command, args, installHint } = entry.plugin;
    // What client-keystone-auth answers with; kubectl wants the same word here.
    const apiVersion = 'client.authentication.k8s.io/v1beta1';
    return { exec: { apiVersion, command, args: [...args], installHint, interactiveMode: 'IfAvailable' } };
  }
  return { 'client-certificate-data': base64(entry.certPem), 'client-key-data': base64(entry.keyPem) };
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
