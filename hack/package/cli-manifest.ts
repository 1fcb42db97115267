import { isBuiltin } from 'node:module';

/** The fields of package.json that are read here. */
export interface PackageJson {
  readonly version: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

const STATEMENT =
  /^(?:import|export)\s[^'"]*?from\s+['"]([^'"]+)['"]|^import\s+['"]([^'"]+)['"]|\bimport\(['"]([^'"]+)['"]\)/gm;

/** The npm packages that compiled sources import, at their head or lazily, in the order of their names. */
export function dependenciesOf(sources: readonly string[]): readonly string[] {
  const targets = sources.flatMap((text) =>
    [...text.matchAll(STATEMENT)].map(([, from, bare, lazy]) => from ?? bare ?? lazy ?? ''),
  );
  const packages = targets.filter((target) => !target.startsWith('.') && !isBuiltin(target)).map(packageOf);
  return [...new Set(packages)].sort();
}

/** `@scope/name/file` → `@scope/name`. */
const packageOf = (target: string): string =>
  target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');

/** What tells the package of one command line from the other. */
export interface CliPackage {
  /** Of the program and of its package. */
  readonly name: 'sparkctl' | 'opsparkctl';
  readonly description: string;
  /** The compiled file that is run. */
  readonly main: string;
  /** Folders beside `dist`. */
  readonly folders: readonly string[];
}

/**
 * package.json of the CLI's own package: the versions of the dependencies are those of the repository.
 *
 * @throws Error when a dependency is imported that the repository does not declare.
 */
export function cliManifest(cli: CliPackage, root: PackageJson, dependencies: readonly string[]): object {
  const undeclared = dependencies.filter((name) => root.dependencies[name] === undefined);
  if (undeclared.length > 0)
    throw new Error(`package.json does not declare ${undeclared.join(', ')}, which ${cli.name} imports`);
  return {
    name: cli.name,
    version: root.version,
    description: cli.description,
    license: root.license,
    type: 'module',
    engines: root.engines,
    bin: { [cli.name]: cli.main },
    files: ['dist', ...cli.folders],
    dependencies: Object.fromEntries(dependencies.map((name) => [name, root.dependencies[name]])),
  };
}
