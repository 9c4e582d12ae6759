export function migrationFaults(folder: string): string[];
export function acceptMigrations(folder: string, options?: { refold?: boolean }): string[];
