import type { Feature } from '#core/access/feature.ts';
import { homeRoutes } from './home.routes.ts';

export const homeFeature: Feature = { name: 'home', routes: homeRoutes, tables: [] };
