// Whether node_modules is what package-lock.json asks for. Plain JavaScript without dependencies: it runs before anything is
// installed, on any Node.js from 20 on. Types: dependencies.d.mts.

/**
 * Compares package-lock.json with node_modules/.package-lock.json, where npm records what it has installed. A package
 * that is optional on other platforms may be absent; the Node.js of this platform may not.
 */
export function outdatedPackages(lock, installed, platformPackage) {
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .filter(([path, wanted]) => {
      const found = installed?.packages?.[path];
      if (found !== undefined) return found.version !== wanted.version;
      return path === `node_modules/${platformPackage}` || !(wanted.optional || wanted.devOptional);
    })
    .map(([path]) => path);
}

/** The npm package that brings Node.js 24 for a platform, named as process.platform and process.arch have it. */
export function nodePackage(platform, arch) {
  return `node-${platform}-${arch}`;
}

/** The oldest Node.js that runs the TypeScript sources directly. */
export const OLDEST_NODE = [22, 19];

/** True when a version like "22.19.0" runs the sources. */
export function runsSources(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
}
