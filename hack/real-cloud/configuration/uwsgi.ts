import { ini } from '../ini.ts';

/** A WSGI program of a Debian package, served over HTTP. */
export interface WsgiProgram {
  readonly file: string;
  readonly listen: string;
  readonly processes: number;
  readonly threads: number;
  readonly folder: string;
  /** Arguments that the program finds after its name. */
  readonly args?: string;
}

/** SIGTERM ends it, and workers never outlive their master. */
export function uwsgiConfiguration({ file, listen, processes, threads, folder, args }: WsgiProgram): string {
  return ini({
    uwsgi: {
      plugins: 'python3',
      'wsgi-file': file,
      'http-socket': listen,
      master: true,
      processes,
      threads,
      'enable-threads': true,
      'lazy-apps': true,
      'buffer-size': 65535,
      'die-on-term': true,
      'no-orphans': true,
      'thunder-lock': true,
      'add-header': 'Connection: close',
      'disable-logging': false,
      chdir: folder,
      ...(args === undefined ? {} : { pyargv: args }),
    },
  });
}
