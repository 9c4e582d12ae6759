import { existsSync, readdirSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import path from 'node:path';

const memory = '/dev/shm';
/** Bytes that a whole run may come to hold there, with the sample city and the logs of two clusters. */
const needed = 6 * 2 ** 30;

/**
 * Where tests make clusters and data folders. A cluster is a thousand small files, and each file of tests makes and
 * removes as many again; on a disk that took a fifth of the time of a whole run. Where the machine has too little memory
 * they lie in the system's temporary folder.
 */
export const quickPlace = hasRoom() ? memory : tmpdir();

/** The folders of this prefix that runs have made, wherever each of them found room. */
export function madeFolders(prefix: string): string[] {
  return [memory, tmpdir()].flatMap((place) => {
    if (!existsSync(place)) return [];
    return readdirSync(place)
      .filter((name) => name.startsWith(prefix))
      .map((name) => path.join(place, name));
  });
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return Math.min(bavail * bsize, freemem()) >= needed;
  } catch {
    return false;
  }
}
