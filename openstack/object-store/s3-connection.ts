import type { S3Client } from '@aws-sdk/client-s3';

import type { ObjectStoreSettings } from './object-store.ts';
import { s3Agents } from './s3-agents.ts';
import { objectStoreError, regionNamedBy } from './s3-failure.ts';

/** The S3 client of one bucket, made with the first request. */
export interface S3Connection {
  /** Runs a request; its failure is thrown as ObjectStoreError about `doing`. */
  readonly run: <T>(doing: string, work: (client: S3Client) => Promise<T>) => Promise<T>;
  /** The region that requests are signed for now. */
  readonly region: () => string;
  readonly close: () => void;
}

/**
 * A connection that learns its region: a server that expects another one names it, the request is repeated with that, and
 * all later ones use it. The SDK is loaded with the first request: 25 MB that most commands never need.
 */
export function s3Connection(settings: ObjectStoreSettings, bucket: string): S3Connection {
  let region = settings.region;
  let client: S3Client | undefined;
  const opened = async (): Promise<S3Client> => (client ??= await openClient(settings, region));
  const close = (): void => {
    client?.destroy();
    client = undefined;
  };
  return {
    run: async (doing, work) => {
      const attempt = { doing, bucket, endpoint: settings.endpoint };
      try {
        return await work(await opened());
      } catch (error) {
        const right = regionNamedBy(error);
        if (right === undefined || right === region) throw objectStoreError(error, attempt);
        region = right;
        close();
      }
      try {
        return await work(await opened());
      } catch (error) {
        throw objectStoreError(error, attempt);
      }
    },
    region: () => region,
    close,
  };
}

async function openClient(settings: ObjectStoreSettings, region: string): Promise<S3Client> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  return new S3Client({
    endpoint: settings.endpoint,
    region,
    forcePathStyle: settings.pathStyle,
    credentials: { accessKeyId: settings.accessKey, secretAccessKey: settings.secretKey },
    // Swift knows no aws-chunked trailers: only what S3 itself requires is added.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
    retryMode: 'standard',
    disableS3ExpressSessionAuth: true,
    requestHandler: s3Agents(settings, process.env),
  });
}
