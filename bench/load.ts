import autocannon from 'autocannon';
import { type Generator, generator } from '#domain/kit/generator.ts';
import { type BenchCity, type BenchPerson, type BenchSchool, typedField } from './city.ts';

export const scenes = ['list', 'filings of a county', 'filings of the city', 'read', 'update', 'mixed'] as const;
export type Scene = (typeof scenes)[number];

/** Scenes in which only requests without a session are refused: a list never reaches into another county. */
const lists: ReadonlySet<Scene> = new Set(['list', 'filings of a county', 'filings of the city']);

export interface Round {
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly bytesPerRequest: number;
  /** The number of wrong answers; a round with a wrong answer does not count as a measurement. */
  readonly wrong: number;
  readonly refused: number;
  readonly requests: number;
}

/** One request, and by what its right answer is known. */
export interface Ask {
  readonly method: 'GET' | 'PATCH' | 'POST' | 'PUT';
  readonly path: string;
  readonly cookie: string | undefined;
  readonly body?: string;
  readonly status: number;
  /** A text that the body of the right answer contains, and no other body. */
  readonly proof: string;
}

/** The requests of one round, one after another, from a seed: the same for both servers. */
export class Script {
  readonly #city: BenchCity;
  readonly #draw: Generator;
  readonly #officers: readonly BenchPerson[];
  /** Versions of the typed cell by filing, as the database has them when the round begins. */
  readonly #versions: ReadonlyMap<string, number>;
  /** Updates walk through the schools, so that no two of them write the same cell within a round. */
  readonly #walk: Iterator<BenchSchool>;
  readonly #typed = new Map<string, number>();

  constructor(city: BenchCity, seed: string, versions: ReadonlyMap<string, number>) {
    this.#city = city;
    this.#draw = generator(seed);
    this.#officers = city.people.filter((person) => person.role === 'county-officer');
    this.#versions = versions;
    this.#walk = endless(this.#draw.shuffle(city.schools));
  }

  next(scene: Scene): Ask {
    if (scene === 'mixed') {
      const part = this.#draw.next();
      if (part < 0.85) return this.next(part < 0.25 ? 'list' : part < 0.5 ? 'filings of a county' : 'read');
      return this.next('update');
    }
    // One request in twenty must be refused: half of these have no session, half ask for another county.
    const refusal = this.#draw.chance(0.05);
    const stranger = refusal && (lists.has(scene) || this.#draw.chance(0.5));
    return this.#ask(scene, refusal, stranger);
  }

  #ask(scene: Exclude<Scene, 'mixed'>, refusal: boolean, stranger: boolean): Ask {
    if (scene === 'update' && !refusal) return this.#type();
    const person = this.#draw.pick(this.#asking(scene, refusal));
    const cookie = stranger ? undefined : person.cookie;
    const refused = stranger ? { status: 401, proof: 'session.missing' } : { status: 404, proof: 'thing.notFound' };
    if (lists.has(scene)) {
      const total = this.#city.schools.filter((school) => person.countyIds.includes(school.countyId)).length;
      const page = this.#draw.integer(1, Math.floor(total / 25));
      const expected = refusal ? refused : { status: 200, proof: `"total":${total}` };
      const list = scene === 'list' ? '/api/directory/schools' : '/api/filings';
      return { method: 'GET', path: `${list}?page=${page}&pageSize=25`, cookie, ...expected };
    }
    const school = this.#schoolFor(person, refusal && !stranger);
    if (scene === 'read') {
      const expected = refusal ? refused : { status: 200, proof: `"id":${school.id},` };
      return { method: 'GET', path: `/api/directory/schools/${school.id}`, cookie, ...expected };
    }
    return { ...typing(school, 0), cookie, ...refused };
  }

  #asking(scene: Scene, refusal: boolean): readonly BenchPerson[] {
    if (scene === 'filings of the city') return this.#city.people.filter((person) => person.role === 'city-officer');
    return refusal || scene === 'filings of a county' ? this.#officers : this.#city.people;
  }

  #type(): Ask {
    const school: BenchSchool = this.#walk.next().value;
    const officer = this.#draw.pick(this.#officers.filter((person) => person.countyIds[0] === school.countyId));
    const version = this.#typed.get(school.filingId) ?? this.#versions.get(school.filingId) ?? 0;
    this.#typed.set(school.filingId, version + 1);
    return { ...typing(school, version), cookie: officer.cookie, status: 200, proof: `"n":${version + 1}` };
  }

  #schoolFor(person: BenchPerson, elsewhere: boolean): BenchSchool {
    for (;;) {
      const school = this.#draw.pick(this.#city.schools);
      if (person.countyIds.includes(school.countyId) !== elsewhere) return school;
    }
  }
}

/** The request that types one number into a filing whose cell has this version. */
export function typing(school: BenchSchool, version: number) {
  const change = { field: typedField, value: 1_000 + version, version };
  return {
    method: 'PATCH' as const,
    path: `/api/filings/${school.filingId}/cells`,
    body: JSON.stringify({ changes: [change] }),
  };
}

function* endless<Item>(list: readonly Item[]): IterableIterator<Item, never> {
  for (;;) yield* list;
}

export const connections = 16;

/** Runs one round against one server: 16 connections, each of which sends its next request after its last answer. */
export async function round(address: string, next: () => Ask, seconds: number): Promise<Round> {
  let wrong = 0;
  let refused = 0;
  const asked = new WeakMap<object, Ask>();
  const result = await autocannon({
    url: address,
    connections,
    duration: seconds,
    requests: [
      {
        setupRequest(request, context) {
          const ask = next();
          asked.set(context, ask);
          return {
            ...request,
            method: ask.method,
            path: ask.path,
            headers: {
              ...(ask.cookie === undefined ? {} : { cookie: ask.cookie }),
              ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
            },
            ...(ask.body === undefined ? {} : { body: ask.body }),
          };
        },
        onResponse(status, body, context) {
          const ask = asked.get(context);
          if (ask === undefined || status !== ask.status || !body.includes(ask.proof)) wrong += 1;
          if (status >= 400) refused += 1;
        },
      },
    ],
  });
  return {
    requestsPerSecond: result.requests.total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    bytesPerRequest: result.throughput.total / Math.max(1, result.requests.total),
    wrong: wrong + result.errors + result.timeouts,
    refused,
    requests: result.requests.total,
  };
}
