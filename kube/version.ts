/**
 * Whether resourceVersion `a` is later than `b`, of objects of one resource. They are decimal numbers that grow
 * (Kubernetes API concepts, "resource versions"); no version at all is older than any.
 */
export const isNewer = (a: string | undefined, b: string | undefined): boolean => {
  if (a === undefined || a === '') return false;
  if (b === undefined || b === '') return true;
  return a.length === b.length ? a > b : a.length > b.length;
};
