import { NETWORK_SETTINGS, networkCommands } from './network-commands.ts';
import type { NodeShell } from './node-shell.ts';

/** Makes interfaces, addresses and routes of all nodes. Only namespaces of the given nodes are touched. */
export async function buildNetwork(shells: readonly NodeShell[]): Promise<void> {
  const byName = new Map(shells.map((shell) => [shell.layout.name, shell]));
  const layouts = shells.map((shell) => shell.layout);
  for (const { node, args } of networkCommands(layouts, ({ name }) => byName.get(name)?.init.pid ?? 0)) {
    await byName.get(node)?.ip(args);
  }
  for (const shell of shells) {
    for (const [file, value] of Object.entries(NETWORK_SETTINGS)) {
      await shell.run('tee', [`/proc/sys/${file}`], value);
    }
  }
}
