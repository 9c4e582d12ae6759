import * as api from './api.ts';
import * as health from './health.ts';
import type { AnyRoute } from './route.ts';

/** The table of contents: a file per feature; whatever route it exports is part of the API. */
const chapters: ReadonlyArray<Readonly<Record<string, unknown>>> = [api, health];

/** Every route, once. The server must serve each of these and nothing else, or it does not start. */
export const routes: readonly AnyRoute[] = [...new Set(chapters.flatMap((chapter) => Object.values(chapter)))].filter(
  isRoute,
);

function isRoute(value: unknown): value is AnyRoute {
  return typeof value === 'object' && value !== null && 'access' in value && 'method' in value && 'path' in value;
}
