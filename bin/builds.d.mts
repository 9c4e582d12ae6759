export function findBuild(dist: string, name: string): string | null;
export function findCurrentBuild(dist: string): string | null;
export function isWritable(dist: string): boolean;
export function makeBuild(
  dist: string,
  fingerprint: () => string,
  make: (folder: string) => Promise<void>,
): Promise<string | null>;
export function setCurrentBuild(dist: string, name: string): void;
export function holdBuild(folder: string): void;
export function removeOldBuilds(dist: string): void;
