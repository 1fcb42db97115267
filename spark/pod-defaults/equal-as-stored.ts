import { equalJson } from '../mutation/equal-json.ts';

/** What the API server writes into parts of a pod that do not say it (`k8s.io/kubernetes/pkg/apis/core/v1/defaults.go`). */
const stored: Readonly<Record<string, unknown>> = {
  defaultMode: 0o644,
  apiVersion: 'v1',
  expirationSeconds: 3600,
  volumeMode: 'Filesystem',
  divisor: '0',
};

/**
 * True if two parts of a pod mean the same: one as somebody wrote it, the other as the API server stores it, with its
 * defaults filled in and without false and empty texts.
 */
export const equalAsStored = (left: unknown, right: unknown): boolean => equalJson(said(left), said(right));

/** A value without what goes without saying. */
function said(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(said);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, part]) => !isUnsaid(part) && part !== stored[key])
      .map(([key, part]) => [key, said(part)]),
  );
}

const isUnsaid = (value: unknown): boolean => value === undefined || value === null || value === false || value === '';
