import type { SparkConf } from '../spark-conf.ts';

export const DRIVER_PORT = 7078;
export const BLOCK_MANAGER_PORT = 7079;
export const UI_PORT = 4040;
export const CONNECT_PORT = 15002;

/** A port property as a number; the default when it is unset or no number (the rules of the submission refuse that). */
export function portOf(conf: SparkConf, key: string, fallback: number): number {
  const text = conf.get(key)?.trim();
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : fallback;
}

/** The ports that both the driver's container and its Service have, in Spark's order. */
export const commonPorts = (
  conf: SparkConf,
): { readonly rpc: number; readonly ui: number; readonly connect: number } => ({
  rpc: portOf(conf, 'spark.driver.port', DRIVER_PORT),
  ui: portOf(conf, 'spark.ui.port', UI_PORT),
  connect: portOf(conf, 'spark.connect.grpc.binding.port', CONNECT_PORT),
});

/** What executors connect to. The container alone also falls back to `spark.blockManager.port`: so Spark has it. */
export const serviceBlockManagerPort = (conf: SparkConf): number =>
  portOf(conf, 'spark.driver.blockManager.port', BLOCK_MANAGER_PORT);

export const containerBlockManagerPort = (conf: SparkConf): number =>
  portOf(conf, 'spark.driver.blockManager.port', portOf(conf, 'spark.blockManager.port', BLOCK_MANAGER_PORT));
