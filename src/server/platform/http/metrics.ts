import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

/** A number as it is now, by the values of one label or by none. */
export interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly values: ReadonlyArray<{ readonly label?: readonly [name: string, value: string]; readonly value: number }>;
}

export interface MetricsOptions {
  /** What a collector sends as its bearer token. */
  readonly token: string;
  /** Read at each question. */
  gauges(): Promise<readonly Gauge[]>;
}

/** Seconds; what people wait for lies between the second and the eighth. */
const bounds = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60] as const;

interface Series {
  readonly method: string;
  readonly route: string;
  readonly counts: Map<number, number>;
  readonly buckets: number[];
  seconds: number;
  total: number;
}

/**
 * Counts the requests from now on by method, template of the route and status, and answers `GET /metrics` in the text format
 * of Prometheus to whoever has the token. A label is never a person, an address or the id of anything: what matches no
 * template is `other`. The format is written here: it is three lines a number, and nothing else of a client library is used.
 */
export function mountMetrics(app: FastifyInstance, { token, gauges }: MetricsOptions): void {
  const series = new Map<string, Series>();
  app.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const route = request.routeOptions.url ?? 'other';
    const key = `${method} ${route}`;
    let one = series.get(key);
    if (one === undefined) {
      one = { method, route, counts: new Map(), buckets: bounds.map(() => 0), seconds: 0, total: 0 };
      series.set(key, one);
    }
    const seconds = reply.elapsedTime / 1_000;
    one.counts.set(reply.statusCode, (one.counts.get(reply.statusCode) ?? 0) + 1);
    one.seconds += seconds;
    one.total += 1;
    const bucket = bounds.findIndex((bound) => seconds <= bound);
    if (bucket !== -1) one.buckets[bucket]! += 1;
    done();
  });
  const wanted = digest(`Bearer ${token}`);
  app.get('/metrics', { exposeHeadRoute: false }, async (request, reply) => {
    reply.header('cache-control', 'no-store').type('text/plain; version=0.0.4; charset=utf-8');
    // Of one length whatever was sent, so that the time of the answer says nothing of the token.
    if (!timingSafeEqual(digest(request.headers.authorization ?? ''), wanted)) {
      return reply.code(401).header('www-authenticate', 'Bearer').send('需要 METRICS_TOKEN 中的令牌。\n');
    }
    const now = await gauges();
    return reply.send(`${[...requestLines([...series.values()]), ...now.flatMap(gaugeLines)].join('\n')}\n`);
  });
}

const digest = (text: string) => createHash('sha256').update(text).digest();

function requestLines(series: readonly Series[]): string[] {
  const requests = 'dudao_http_requests_total';
  const seconds = 'dudao_http_request_seconds';
  return [
    ...head(requests, 'Requests by method, route and status.', 'counter'),
    ...series.flatMap((one) =>
      [...one.counts].map(([status, count]) => `${requests}{${labels({ ...named(one), status })}} ${count}`),
    ),
    ...head(seconds, 'Seconds until a request was answered.', 'histogram'),
    ...series.flatMap((one) => {
      let below = 0;
      const buckets = bounds.map((bound, at) => {
        below += one.buckets[at]!;
        return `${seconds}_bucket{${labels({ ...named(one), le: bound })}} ${below}`;
      });
      return [
        ...buckets,
        `${seconds}_bucket{${labels({ ...named(one), le: '+Inf' })}} ${one.total}`,
        `${seconds}_sum{${labels(named(one))}} ${one.seconds.toFixed(6)}`,
        `${seconds}_count{${labels(named(one))}} ${one.total}`,
      ];
    }),
  ];
}

const named = ({ method, route }: Series) => ({ method, route });

function gaugeLines({ name, help, values }: Gauge): string[] {
  return [
    ...head(name, help, 'gauge'),
    ...values.map(({ label, value }) => `${name}${label ? `{${labels({ [label[0]]: label[1] })}}` : ''} ${value}`),
  ];
}

const head = (name: string, help: string, kind: string) => [`# HELP ${name} ${help}`, `# TYPE ${name} ${kind}`];

const labels = (values: Readonly<Record<string, string | number>>) =>
  Object.entries(values)
    .map(
      ([name, value]) =>
        `${name}="${String(value).replace(/[\\"\n]/g, (sign) => (sign === '\n' ? '\\n' : `\\${sign}`))}"`,
    )
    .join(',');
