import { inject } from 'vitest';
import type { TestProduct } from './product.ts';

/** The product of the worker that runs this file. Vitest numbers the workers that run beside each other from 1. */
export function productOfWorker(): TestProduct {
  const products = inject('products');
  const found = products[Number(process.env.VITEST_POOL_ID) - 1];
  if (!found) throw new Error(`worker ${process.env.VITEST_POOL_ID} has none of ${products.length} products`);
  return found;
}
