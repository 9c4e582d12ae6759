import { Agent, request } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import type { BurstAnswer, BurstOrder } from './burst.ts';

/** Sends all requests at once, each on a connection of its own, and tells how each was answered. */
const { address, path, cookie, bodies } = workerData as BurstOrder;
const agent = new Agent({ keepAlive: true });

function send(body: string): Promise<BurstAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(
      `${address}${path}`,
      { agent, method: 'PATCH', headers: { cookie, 'content-type': 'application/json' } },
      (answer) => {
        answer.resume();
        answer.once('end', () =>
          resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] !== undefined }),
        );
      },
    );
    sent.once('error', reject);
    sent.end(body);
  });
}

const answers = await Promise.all(bodies.map(send));
agent.destroy();
parentPort?.postMessage(answers);
