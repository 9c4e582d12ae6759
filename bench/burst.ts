import { once } from 'node:events';
import { openThread } from '#platform/threads/thread.ts';
import type { BenchCity, BenchPerson, BenchSchool } from './city.ts';
import { typing } from './load.ts';

export interface BurstOrder {
  readonly address: string;
  readonly path: string;
  readonly cookie: string;
  readonly bodies: readonly string[];
}

export interface BurstAnswer {
  readonly status: number;
  readonly retryAfter: boolean;
}

export interface Burst {
  /** The 99th percentile of the other county's lists, in milliseconds from the moment at which each was due. */
  readonly p99: number;
  readonly slowest: number;
  readonly lists: number;
  /** Seconds until the last save was answered. */
  readonly seconds: number;
  /** Saves that the server asked to send again later. */
  readonly turnedAway: number;
}

/** How many saves one clerk sends at once, all to one filing. */
const saves = 300;
/** Milliseconds between two lists of the other county. */
const listEvery = 40;

/**
 * One clerk sends 300 saves to one filing at once, several times, while an officer of another county lists her filings
 * 25 times a second. A save may conflict with the one before it, or be told to come again; every list must be right.
 */
export async function playBurst(
  address: string,
  city: BenchCity,
  times: number,
  versionOf: (filingId: string) => Promise<number>,
): Promise<Burst> {
  const school = city.schools[0] as BenchSchool;
  const officers = city.people.filter((person) => person.role === 'county-officer');
  const clerk = officers.find((person) => person.countyIds[0] === school.countyId) as BenchPerson;
  const other = officers.find((person) => person.countyIds[0] !== school.countyId) as BenchPerson;
  const took: number[] = [];
  let milliseconds = 0;
  let turnedAway = 0;
  for (let time = 0; time < times; time += 1) {
    const version = await versionOf(school.filingId);
    const bodies = Array.from({ length: saves }, (_, at) => typing(school, version + at).body);
    const order: BurstOrder = { address, path: typing(school, 0).path, cookie: clerk.cookie, bodies };
    // A thread of its own: what sending costs must not count as the time of a list.
    const sender = openThread(import.meta.dirname, 'burst', order);
    const begun = performance.now();
    const answered = once(sender, 'message') as Promise<[BurstAnswer[]]>;
    const lists: Array<Promise<number>> = [];
    const listing = setInterval(() => lists.push(list(address, other, performance.now())), listEvery);
    const [answers] = await answered;
    milliseconds += performance.now() - begun;
    clearInterval(listing);
    took.push(...(await Promise.all(lists)));
    for (const { status, retryAfter } of answers) {
      if (status === 200) continue;
      if (!retryAfter || (status !== 429 && status !== 503))
        throw new Error(`a save of the burst was answered ${status}`);
      turnedAway += 1;
    }
  }
  took.sort((a, b) => a - b);
  return {
    p99: took[Math.ceil(took.length * 0.99) - 1] ?? Number.NaN,
    slowest: took.at(-1) ?? Number.NaN,
    lists: took.length,
    seconds: milliseconds / 1000 / times,
    turnedAway,
  };
}

async function list(address: string, { cookie }: BenchPerson, due: number): Promise<number> {
  const answer = await fetch(`${address}/api/filings?page=1&pageSize=25`, { headers: { cookie } });
  const text = await answer.text();
  if (answer.status !== 200 || !text.includes('"total":'))
    throw new Error(`a list was answered ${answer.status}: ${text}`);
  return performance.now() - due;
}
