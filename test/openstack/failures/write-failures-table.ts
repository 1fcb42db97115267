// Brings the table of failures in docs/openstack.md up to the cases: node test/openstack/failures/write-failures-table.ts
import { readFile, writeFile } from 'node:fs/promises';

import { withTable } from './failures-table.ts';

const page = new URL('../../../docs/openstack.md', import.meta.url);
await writeFile(page, withTable(await readFile(page, 'utf8')));
