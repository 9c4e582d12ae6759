import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readSignIns } from '#sample/sign-ins.ts';
import { against, median, type Result } from './result.ts';
import { startWithDatabase } from './serve.ts';

/** What somebody who looks at the product for the first time is to wait at most, in seconds. */
const firstSignIn = 15;
const wholeCity = 60;

/** The start with the sample city in an empty folder: until the first person is signed in, and until all of it is there. */
export async function measureSample(rounds: number): Promise<Result[]> {
  const times: { signedIn: number; whole: number }[] = [];
  for (let turn = 0; turn < rounds; turn += 1) {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'dudao-bench-sample-'));
    const began = performance.now();
    try {
      const server = await startWithDatabase(dataDir, 'on');
      try {
        // The whole city is one transaction before the server listens.
        const whole = performance.now() - began;
        const { username, password } = readSignIns(dataDir).find((one) => one.username === 'city')!;
        const answer = await fetch(`${server.address}/api/session`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', origin: server.address },
          body: JSON.stringify({ username, password }),
        });
        if (!answer.ok) throw new Error(`the first sign-in was answered by ${answer.status}: ${await answer.text()}`);
        await answer.arrayBuffer();
        times.push({ signedIn: (performance.now() - began) / 1000, whole: whole / 1000 });
      } finally {
        await server.stop();
      }
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  }
  const what = (until: string) => `the sample city in an empty folder, from the start of the process to ${until}`;
  return [
    against(
      { name: 'sample.signIn', what: what('the first sign-in'), unit: 's' },
      median(times.map(({ signedIn }) => signedIn)),
      firstSignIn,
    ),
    against(
      { name: 'sample.whole', what: what('its last row'), unit: 's' },
      median(times.map(({ whole }) => whole)),
      wholeCity,
    ),
  ];
}
