import { routes } from '#contract/index.ts';
import type { AnyRoute } from '#contract/route.ts';
import type { Feature } from '#core/access/feature.ts';
import type { Services } from '#core/access/serve.ts';
import type { Endpoint, StreamEndpoint } from '#platform/http/endpoint.ts';
import { apiRoutes } from './api.routes.ts';
import { healthRoutes } from './health/health.routes.ts';

/**
 * Joins contract and handlers. The program does not start if a declared route is not served, a served route is not
 * declared, or a route is served twice. Tests of one feature serve a part (`whole: false`); tests of a feature of their
 * own declare its routes.
 */
export function endpointsOf(
  features: readonly Feature[],
  services: Services,
  { whole = true, contract = routes }: { whole?: boolean; contract?: readonly AnyRoute[] } = {},
): Endpoint[] {
  const endpoints = [...healthRoutes, ...apiRoutes, ...features.flatMap((feature) => feature.routes)].map((served) =>
    served(services),
  );
  const declared = new Set(contract.map((route) => route.name));
  const seen = new Set<string>();
  for (const { route } of endpoints) {
    if (!declared.has(route.name)) throw new Error(`${route.name} is served but not listed in contract/index.ts`);
    if (seen.has(route.name)) throw new Error(`${route.name} is served twice`);
    seen.add(route.name);
  }
  const missing = [...declared].filter((name) => !seen.has(name));
  if (whole && missing.length > 0) throw new Error(`declared but not served: ${missing.join(', ')}`);
  return endpoints;
}

/** The paths outside the contract, at which bytes stream. */
export function streamsOf(features: readonly Feature[], services: Services): StreamEndpoint[] {
  return features.flatMap(({ streams = [] }) => streams.map((served) => served(services)));
}
