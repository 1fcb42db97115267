/** The names under which a Service is reached from inside the cluster. The API server calls webhooks as `NAME.NAMESPACE.svc`. */
export const serviceDnsNames = (service: string, namespace: string): readonly string[] => [
  service,
  `${service}.${namespace}`,
  apiServerDnsName(service, namespace),
  `${service}.${namespace}.svc.cluster.local`,
];

/** The name that the API server checks the certificate of a webhook against. */
export const apiServerDnsName = (service: string, namespace: string): string => `${service}.${namespace}.svc`;
