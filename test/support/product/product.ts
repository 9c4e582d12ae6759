import type { TestProject } from 'vitest/node';
import { readSignIns, type SampleSignIn } from '#sample/sign-ins.ts';
import { type Chromium, findChromium, type NoChromium } from '../browser/chromium.ts';
import { buildProduct, discardDataFolder, makeDataFolder, startProduct, sweepProducts } from './product-process.ts';

/** A product that the browser visits: built, with a sample city, on a free port. */
export interface TestProduct {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly address: string;
  readonly signIns: readonly SampleSignIn[];
  readonly dataDir: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    chromium: Chromium | NoChromium;
    /** One for each worker of the browser project; present where there is a Chromium. See `productOfWorker`. */
    products: readonly TestProduct[];
  }
}

/**
 * One Chromium, and a product with the small sample city for each worker: its files come one after another, and no file meets what another worker
 * does. Each stands on a data folder of its own that is removed with it.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const chromium = await findChromium();
  project.provide('chromium', chromium);
  if ('missing' in chromium) return;
  await sweepProducts();
  await buildProduct();
  const started = await Promise.allSettled(Array.from({ length: workersOf(project) }, () => startSample('small')));
  const running = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const tearDown = async () => {
    await Promise.all(running.map(({ discard }) => discard()));
  };
  const failed = started.find((one) => one.status === 'rejected');
  if (failed) {
    await tearDown();
    throw failed.reason;
  }
  project.provide(
    'products',
    running.map(({ product }) => product),
  );
  return tearDown;
}

function workersOf(project: TestProject): number {
  const most = project.config.maxWorkers;
  if (typeof most !== 'number') throw new Error('the browser project says how many workers it has');
  return most;
}

export interface SampleProduct {
  readonly product: TestProduct;
  /** Ends it and removes its data. */
  discard(): Promise<void>;
}

/** Starts the product with this sample city, on a data folder of its own. */
export async function startSample(size: 'on' | 'small'): Promise<SampleProduct> {
  const dataDir = makeDataFolder();
  try {
    const { address, stop } = await startProduct({ dataDir, environment: { SAMPLE: size } });
    return {
      product: { address, signIns: readSignIns(dataDir), dataDir },
      async discard() {
        await stop();
        await discardDataFolder(dataDir);
      },
    };
  } catch (error) {
    await discardDataFolder(dataDir);
    throw error;
  }
}
