import type { SparkApplication } from '../../api/sparkapplication.ts';

/** The language that decides how the driver starts the application. */
export type Language = 'java' | 'python' | 'r';

/** The language by the end of the main file, as spark-submit decides: `.py`, `.r` or `.R`, else a jar. */
export function languageOf({ spec: { mainApplicationFile: file } }: SparkApplication): Language {
  if (file.endsWith('.py')) return 'python';
  return file.endsWith('.r') || file.endsWith('.R') ? 'r' : 'java';
}
