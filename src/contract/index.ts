import { health } from './health.ts';
import type { AnyRoute } from './route.ts';

/** Every route, once. The server must serve each of these and nothing else; a test compares. */
export const routes: readonly AnyRoute[] = [health];
