import type { KubeClient, ListOptions, Page } from './client.ts';
import { collectionPath, objectPath } from './paths.ts';
import type { Resource } from './resources.ts';
import type { Transport } from './transport.ts';

const PAGE = 500;

interface ListAnswer<T> {
  readonly items?: readonly T[] | null;
  readonly metadata?: { readonly resourceVersion?: string; readonly continue?: string };
}

/** The reading verbs of a client. */
export function reading(transport: Transport): Pick<KubeClient, 'get' | 'list' | 'pages'> {
  return {
    get: async <T>(
      resource: Resource<T>,
      ref: Parameters<KubeClient['get']>[1],
      options?: { signal?: AbortSignal | undefined },
    ) =>
      // Parse boundary: the API server answers with the resource that was asked for.
      (await transport.request({
        verb: 'get',
        method: 'GET',
        resource: resource.plural,
        path: objectPath(resource, ref),
        signal: options?.signal,
      })) as T,
    pages: (resource, options = {}) => pagesOf(transport, resource, options),
    list: async <T>(resource: Resource<T>, options: ListOptions = {}) => {
      const items: T[] = [];
      let resourceVersion = '';
      for await (const page of pagesOf(transport, resource, options)) {
        for (const item of page.items) items.push(item);
        resourceVersion = page.resourceVersion;
      }
      return { items, resourceVersion };
    },
  };
}

async function* pagesOf<T>(
  transport: Transport,
  resource: Resource<T>,
  { signal, namespace, limit = PAGE, resourceVersion, labelSelector, fieldSelector }: ListOptions,
): AsyncGenerator<Page<T>, void, undefined> {
  // A continue token stands for the state of the first page: a resourceVersion beside it is refused.
  let from: { resourceVersion?: string | undefined; continue?: string } = { resourceVersion };
  for (;;) {
    const path = collectionPath(resource, namespace, { labelSelector, fieldSelector, limit, ...from });
    // Parse boundary: the API server answers with a list of the resource.
    const answer = (await transport.request({
      verb: 'list',
      method: 'GET',
      resource: resource.plural,
      path,
      signal,
    })) as ListAnswer<T>;
    const { resourceVersion: shown = '', continue: next = '' } = answer.metadata ?? {};
    yield { items: answer.items ?? [], resourceVersion: shown };
    if (next === '') return;
    from = { continue: next };
  }
}
