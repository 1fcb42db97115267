import { join } from 'node:path';

import { run } from '../run.ts';
import { novaDatabases } from './configuration/nova.ts';
import { sqlite } from './configuration/sqlite.ts';
import { catalog, places, type RigPlan } from './plan.ts';
import { pythonProgram } from './python-program.ts';

/** Statements for one database file. */
type Statements = readonly [file: string, statements: readonly (readonly [string, readonly string[]])[]];

/** Every database file of the cloud. */
export function databaseFiles(root: string): readonly string[] {
  const { data } = places(root);
  return [
    ...['keystone', 'magnum', 'glance'].map((name) => join(data, `${name}.db`)),
    ...Object.values(novaDatabases(root)),
  ];
}

/** Lets readers and a writer work at once; without it almost every write meets "database is locked". */
export async function switchToWriteAheadLog(root: string): Promise<void> {
  await execute(databaseFiles(root).map((file) => [file, [['PRAGMA journal_mode=WAL', []]]]));
}

/** The databases name places and addresses of the cloud that they were made for: now they name this one's. */
export async function moveDatabases(plan: RigPlan): Promise<void> {
  await execute(relocation(plan));
}

/** The pure part of {@link moveDatabases}. */
export function relocation(plan: RigPlan): readonly Statements[] {
  const nova = novaDatabases(plan.root);
  const ofType = 'UPDATE endpoint SET url = ? WHERE service_id = (SELECT id FROM service WHERE type = ?)';
  const ofCell = 'UPDATE cell_mappings SET database_connection = ? WHERE uuid LIKE ?';
  // The cell for what is in no cell has the uuid 0.
  const otherCells = 'UPDATE cell_mappings SET database_connection = ? WHERE uuid NOT LIKE ?';
  const nobody = '00000000-%';
  return [
    [
      join(places(plan.root).data, 'keystone.db'),
      Object.entries(catalog(plan)).map(([type, url]) => [ofType, [url, type]]),
    ],
    [
      nova.api,
      [
        [ofCell, [sqlite(nova.cell0), nobody]],
        [otherCells, [sqlite(nova.cell1), nobody]],
      ],
    ],
  ];
}

async function execute(statements: readonly Statements[]): Promise<void> {
  const [command, args] = pythonProgram('sql', []);
  await run(command, args, { input: JSON.stringify(statements) });
}
