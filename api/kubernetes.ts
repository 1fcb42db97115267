import type {
  CoreV1Event,
  V1Affinity,
  V1ConfigMap,
  V1Container,
  V1ContainerPort,
  V1ContainerStatus,
  V1EnvFromSource,
  V1EnvVar,
  V1HostAlias,
  V1Ingress,
  V1IngressTLS,
  V1Lease,
  V1Lifecycle,
  V1Namespace,
  V1MutatingWebhookConfiguration,
  V1ObjectMeta,
  V1OwnerReference,
  V1PersistentVolumeClaim,
  V1Pod,
  V1PodDNSConfig,
  V1PodSecurityContext,
  V1PodSpec,
  V1PodTemplateSpec,
  V1ResourceQuota,
  V1ResourceRequirements,
  V1Role,
  V1RoleBinding,
  V1Secret,
  V1SecurityContext,
  V1Service,
  V1ServiceAccount,
  V1ServicePort,
  V1SubjectAccessReview,
  V1Toleration,
  V1ValidatingWebhookConfiguration,
  V1Volume,
  V1VolumeMount,
} from '@kubernetes/client-node';
import type { Wire } from './wire.ts';

export type { Wire } from './wire.ts';

// The Kubernetes objects and parts that we read and write, in wire form (dates are strings, everything readonly).
export type ObjectMeta = Wire<V1ObjectMeta>;
export type OwnerReference = Wire<V1OwnerReference>;
export type Pod = Wire<V1Pod>;
export type PodSpec = Wire<V1PodSpec>;
export type PodTemplate = Wire<V1PodTemplateSpec>;
export type Container = Wire<V1Container>;
export type ContainerPort = Wire<V1ContainerPort>;
export type ContainerStatus = Wire<V1ContainerStatus>;
export type EnvVar = Wire<V1EnvVar>;
export type EnvFromSource = Wire<V1EnvFromSource>;
export type Volume = Wire<V1Volume>;
export type VolumeMount = Wire<V1VolumeMount>;
export type Affinity = Wire<V1Affinity>;
export type Toleration = Wire<V1Toleration>;
export type HostAlias = Wire<V1HostAlias>;
export type Lifecycle = Wire<V1Lifecycle>;
export type PodSecurityContext = Wire<V1PodSecurityContext>;
export type SecurityContext = Wire<V1SecurityContext>;
export type PodDNSConfig = Wire<V1PodDNSConfig>;
export type ResourceRequirements = Wire<V1ResourceRequirements>;
export type Service = Wire<V1Service>;
export type ServicePort = Wire<V1ServicePort>;
export type ServiceAccount = Wire<V1ServiceAccount>;
export type ConfigMap = Wire<V1ConfigMap>;
export type Secret = Wire<V1Secret>;
export type PersistentVolumeClaim = Wire<V1PersistentVolumeClaim>;
export type Ingress = Wire<V1Ingress>;
export type IngressTLS = Wire<V1IngressTLS>;
export type Lease = Wire<V1Lease>;
export type Namespace = Wire<V1Namespace>;
export type ResourceQuota = Wire<V1ResourceQuota>;
export type Role = Wire<V1Role>;
export type RoleBinding = Wire<V1RoleBinding>;
export type SubjectAccessReview = Wire<V1SubjectAccessReview>;
export type MutatingWebhookConfiguration = Wire<V1MutatingWebhookConfiguration>;
export type ValidatingWebhookConfiguration = Wire<V1ValidatingWebhookConfiguration>;
export type KubernetesEvent = Wire<CoreV1Event>;

/** Any object of the API server. */
export interface KubernetesObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: ObjectMeta;
}

/** Metadata as the API server returns it for a namespaced object: the identity is always there. */
export interface StoredObjectMeta extends ObjectMeta {
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
}
