import { connect } from 'node:tls';

/**
 * The certificate that a TLS server answers with to a client that asks for no name, as base64 of its DER form;
 * `undefined` while it does not answer. Nothing is trusted on the strength of it: the caller compares it.
 */
export function presentedCertificate(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, rejectUnauthorized: false, timeout: 5000 });
    const end = (certificate: string | undefined): void => {
      socket.destroy();
      resolve(certificate);
    };
    socket.once('secureConnect', () => end(socket.getPeerCertificate().raw.toString('base64')));
    socket.once('timeout', () => end(undefined));
    socket.once('error', () => end(undefined));
  });
}
