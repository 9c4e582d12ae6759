import { z } from 'zod';
import { type AnyRoute, route } from '#contract/route.ts';
import { postText } from '#domain/access/actor.ts';
import type { StreamAnswer, StreamCall, StreamEndpoint } from '#platform/http/endpoint.ts';
import { claimOf, claimOfLookUp } from './request/claim.ts';
import { identify, postHeader } from './request/identify.ts';
import type { RawServices, Services } from './serve.ts';
import { askingEach } from './session/session.store.ts';
import type { Signed } from './session/session.ts';

/** A request at which bytes stream, by a signed-in person. It holds no connection to the database. */
export interface StreamContext {
  readonly services: RawServices;
  readonly call: StreamCall;
  readonly now: Date;
  /**
   * Who asks, in the post that the address names or else the request.
   * @throws what every request of a signed-in person is refused with
   */
  identify(post?: Signed['actor']['post']): Promise<Signed>;
}

export type ServedStream = (services: Services) => StreamEndpoint;

/** What a stream asks of its caller, as a route says it: to be signed in, and a write to come from our own pages. */
const asks = (method: string): AnyRoute =>
  route({
    ...{ name: 'files.stream', path: '/api/files', access: 'signed-in', summary: '传送文件' },
    method: method === 'GET' || method === 'HEAD' ? 'GET' : 'POST',
    output: z.unknown(),
  }) as AnyRoute;

/** Serves a path outside the contract. The handler calls `identify` before it touches anything. */
export function serveStream(
  where: Pick<StreamEndpoint, 'methods' | 'path'>,
  handler: (ctx: StreamContext) => Promise<StreamAnswer>,
): ServedStream {
  return (services) => ({
    ...where,
    async answer(streamed) {
      const now = services.now();
      const { desk, ...rest } = services;
      const call = { ...streamed, params: {}, query: {}, body: undefined };
      const { who } = claimOfLookUp(call);
      const raw = { ...rest, pool: desk.of({ who }), background: desk.of({ who }) };
      return handler({
        services: raw,
        call: streamed,
        now,
        async identify(post) {
          const named = post ? { ...call, headers: { ...call.headers, [postHeader]: postText(post) } } : call;
          const asked = asks(call.method);
          const signed = await identify(services.lookUp, askingEach(raw.pool), asked, named, now);
          if (signed === null) throw new Error('a route for people who are signed in let nobody in');
          const claim = claimOf(asked, call, signed);
          raw.pool = desk.of(claim);
          raw.background = desk.of({ who: claim.who });
          return signed;
        },
      });
    },
  });
}
