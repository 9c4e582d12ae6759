import type { BalanceStandard } from './standard.shape.ts';

/**
 * A revision of a city with the claims of the shipped assumptions of the same text: a revision stored before
 * assumptions had claims would go on stating what its exclusions rule out.
 */
export function withClaims(own: BalanceStandard, shipped: BalanceStandard): BalanceStandard {
  return {
    ...own,
    assumptions: own.assumptions.map((assumption) => {
      const claims = assumption.claims ?? shipped.assumptions.find(({ text }) => text === assumption.text)?.claims;
      return claims === undefined ? assumption : { ...assumption, claims };
    }),
  };
}
