export function files(target: string): string[];
export function fingerprintOf(root: string, ingredients: readonly string[], ledger: string, young?: number): string;
