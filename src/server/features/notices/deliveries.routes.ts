import * as contract from '#contract/notices/deliveries.ts';
import type { RouteOutput } from '#contract/route.ts';
import { type Served, serving } from '#core/access/serve.ts';
import {
  countDeliveries,
  type DeliveryHandle,
  type DeliveryRow,
  findFailedPerson,
  listDeliveries,
  retryDelivery,
} from '#core/notices/deliveries.store.ts';
import { listAskedCodes, listMailReaders } from '#core/notices/mail-address.store.ts';
import { listAllowedAddresses } from '#core/notices/outgoing.store.ts';
import { problem } from '#domain/kit/problem.ts';
import { momentOfTry } from '#domain/notice/delivery.ts';
import type { Titles } from './deliver.act.ts';

const on = serving<DeliveryHandle & Parameters<typeof listAllowedAddresses>[0]>();

type Entry = RouteOutput<typeof contract.listDeliveries>['rows'][number];
type Reader = { readonly name: string; readonly address: string | null };

/** The mail for the 系统管理员, who sees who was written to, how it went, and nothing of what it was about. */
export function deliveryRoutes(titles: Titles): Served[] {
  return [
    on(contract.listDeliveries, async (ctx, { query }) => {
      const { rows, total } = await listDeliveries(ctx.db, query);
      const readers = await listMailReaders(
        ctx.db,
        rows.map(({ personId }) => personId),
      );
      const target = ctx.mail?.target;
      const allowed = target === undefined ? [] : await listAllowedAddresses(ctx.db);
      return {
        rows: rows.map((row) => entryOf(row, titles(), readers.get(row.personId))),
        total,
        counts: await countDeliveries(ctx.db),
        codes: (await listAskedCodes(ctx.db)).map(({ address, askedAt, ...code }) => ({
          ...code,
          address: maskedAddress(address),
          askedAt: askedAt.toISOString(),
        })),
        server:
          target === undefined
            ? null
            : {
                target: `${target.host}:${target.port}`,
                allowed: allowed.some(({ host, port }) => host === target.host && port === target.port),
              },
      };
    }),

    on(contract.retryDelivery, async (ctx, { params, body }) => {
      const delivery = { placeId: body.placeId, id: params.deliveryId };
      const person = await findFailedPerson(ctx.db, delivery);
      const reader = person === undefined ? undefined : (await listMailReaders(ctx.db, [person])).get(person);
      const due = reader === undefined ? ctx.now : momentOfTry(ctx.now, reader);
      const kind = await retryDelivery(ctx.db, delivery, due);
      if (kind === undefined) throw problem('thing.notFound', { what: '未送出的邮件' });
      await ctx.record({
        action: 'delivery.retried',
        objectType: 'delivery',
        objectId: params.deliveryId,
        placeId: body.placeId,
        after: { kind: titles()[kind] ?? kind },
      });
      return {};
    }),
  ];
}

function entryOf(row: DeliveryRow, titles: Readonly<Record<string, string>>, reader: Reader | undefined): Entry {
  const { id, placeId, state, attempts, repeated, messageId, sentence } = row;
  const due = state === 'waiting' || (state === 'uncertain' && !repeated);
  return {
    ...{ id, placeId, state, attempts, repeated, messageId, sentence },
    title: titles[row.kind] ?? row.kind,
    person: reader?.name ?? '',
    address: reader?.address == null ? null : maskedAddress(reader.address),
    createdAt: row.createdAt.toISOString(),
    dueAt: due ? row.dueAt.toISOString() : null,
    sentAt: row.sentAt?.toISOString() ?? null,
    readAt: row.readAt?.toISOString() ?? null,
    can: { retry: state === 'failed' },
  };
}

/** Enough of an address to find it in the log of the mail server. */
function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, Math.min(2, at))}***${address.slice(at)}`;
}
