import { devController } from './dev/controller.ts';
import { devWebhook } from './dev/webhook.ts';
import { endWith } from './end-with.ts';
import { createProgress } from '../terminal/progress.ts';

const PROGRAMS = { controller: devController, webhook: devWebhook };

// npm run dev [-- controller|webhook] [FLAGS]: a program from source, restarted on every change.
await endWith(() => {
  const [first = '', ...rest] = process.argv.slice(2);
  const progress = createProgress();
  if (first === 'webhook' || first === 'controller') return PROGRAMS[first](rest, progress);
  if (first !== '' && !first.startsWith('-')) throw new Error(`There is no program "${first}": controller or webhook`);
  return devController(process.argv.slice(2), progress);
});
