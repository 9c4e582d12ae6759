export function migrationFaults(folder: string): string[];
export function acceptMigrations(folder: string): string[];
