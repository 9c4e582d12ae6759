import type { Feature } from '#core/access/feature.ts';
import { homeRoutes } from './home.routes.ts';

/** The first page of everybody: what these features say waits, falls due and is done. */
export function homeFeature(features: readonly Feature[]): Feature {
  return { name: 'home', routes: homeRoutes(features), tables: [] };
}
