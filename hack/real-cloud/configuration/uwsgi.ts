import { ini } from '../ini.ts';

/** A WSGI program of a Debian package, served over HTTP. */
export interface WsgiProgram {
  readonly file: string;
  readonly listen: string;
  readonly processes: number;
  readonly threads: number;
  readonly folder: string;
  /** Where it is reached by uwsgi's own protocol as well, by which a web server can say who the caller is. */
  readonly uwsgiListen?: string;
  /** Arguments that the program finds after its name. */
  readonly args?: string;
}

/** SIGTERM ends it, and workers never outlive their master. */
export function uwsgiConfiguration(program: WsgiProgram): string {
  return ini({
    uwsgi: {
      plugins: 'python3',
      'wsgi-file': program.file,
      'http-socket': program.listen,
      master: true,
      processes: program.processes,
      threads: program.threads,
      'enable-threads': true,
      'lazy-apps': true,
      'buffer-size': 65535,
      'die-on-term': true,
      'no-orphans': true,
      'thunder-lock': true,
      'add-header': 'Connection: close',
      'disable-logging': false,
      chdir: program.folder,
      ...(program.args === undefined ? {} : { pyargv: program.args }),
      ...(program.uwsgiListen === undefined ? {} : { socket: program.uwsgiListen }),
    },
  });
}
