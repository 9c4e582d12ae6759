import { parentPort, workerData } from 'node:worker_threads';
import { StartError, type StartLog } from '#platform/config/start-error.ts';
import { features } from './features.ts';
import { loadSampleOf } from './load-sample.ts';
import { prepareFeatures, type SeedAnswer, type SeedOrder } from './prepare-content.ts';

/** Runs in a thread of its own: it receives an order and returns the summary. See `prepare-content.ts`. */
const { ownerUrl, appUrl, dataDir, now, day, size } = workerData as SeedOrder;
const answer = (message: SeedAnswer) => parentPort?.postMessage(message);
const log: StartLog = {
  info: (message) => answer({ kind: 'log', level: 'info', message }),
  warn: (message) => answer({ kind: 'log', level: 'warn', message }),
};

try {
  const summary = await loadSampleOf(features, { ownerUrl, dataDir, now, day, size, log });
  log.info('正在测算各单位历年的均衡情况……');
  await prepareFeatures(appUrl, () => now);
  answer({ kind: 'done', summary });
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  answer({ kind: 'refused', sentences: error.sentences });
}
