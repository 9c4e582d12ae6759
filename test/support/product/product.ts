import type { TestProject } from 'vitest/node';
import { readSignIns, type SampleSignIn } from '#sample/sign-ins.ts';
import { type Chromium, findChromium, type NoChromium } from '../browser/chromium.ts';
import { buildProduct, discardDataFolder, makeDataFolder, startProduct, sweepProducts } from './product-process.ts';

/** The product that the browser visits: built, with the sample city, on a free port. `inject('product')`. */
export interface TestProduct {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly address: string;
  readonly signIns: readonly SampleSignIn[];
  readonly dataDir: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    chromium: Chromium | NoChromium;
    /** Present where there is a Chromium. */
    product: TestProduct;
  }
}

/** One Chromium and one product for the whole run, on a data folder of its own that is removed with it. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const chromium = await findChromium();
  project.provide('chromium', chromium);
  if ('missing' in chromium) return;
  await sweepProducts();
  await buildProduct();
  const dataDir = makeDataFolder();
  try {
    const product = await startProduct({ dataDir, environment: { SAMPLE: 'on' } });
    project.provide('product', { address: product.address, signIns: readSignIns(dataDir), dataDir });
    return async () => {
      await product.stop();
      await discardDataFolder(dataDir);
    };
  } catch (error) {
    await discardDataFolder(dataDir);
    throw error;
  }
}
